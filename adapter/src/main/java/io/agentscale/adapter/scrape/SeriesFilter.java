// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.util.Map;

/** Tells which series of one name count, by their labels. */
@FunctionalInterface
public interface SeriesFilter {

  /** Every series of the name. */
  SeriesFilter ALL = _ -> true;

  boolean matches(Map<String, String> labels);
}
