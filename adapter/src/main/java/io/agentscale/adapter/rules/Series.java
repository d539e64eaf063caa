// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import java.util.Set;

/**
 * A series that Prometheus has, as discovery sees it: label values say nothing about which metrics
 * exist.
 *
 * @param name of the metric family
 * @param labels names of its labels, without {@code __name__}
 */
public record Series(String name, Set<String> labels) {
  public Series {
    labels = Set.copyOf(labels);
  }
}
