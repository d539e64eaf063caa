// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.util.Map;
import java.util.Set;

/**
 * Which series of one name count.
 *
 * @param equal labels that must have exactly this value
 * @param absent labels that must be missing or empty, which Prometheus holds to be the same
 */
public record SeriesFilter(Map<String, String> equal, Set<String> absent) {

  /** Every series of the name. */
  public static final SeriesFilter ALL = new SeriesFilter(Map.of(), Set.of());

  public SeriesFilter {
    equal = Map.copyOf(equal);
    absent = Set.copyOf(absent);
  }

  boolean matches(Map<String, String> labels) {
    return equal.entrySet().stream()
            .allMatch(e -> labels.getOrDefault(e.getKey(), "").equals(e.getValue()))
        && absent.stream().allMatch(name -> labels.getOrDefault(name, "").isEmpty());
  }
}
