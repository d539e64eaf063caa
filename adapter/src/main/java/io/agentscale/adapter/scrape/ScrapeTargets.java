// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.util.List;

/** Knows which pods to scrape now; a pod that is no longer named is forgotten. */
@FunctionalInterface
public interface ScrapeTargets {
  List<ScrapeTarget> current();
}
