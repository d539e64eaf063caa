// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate.shadow;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replicas a shadow would have: one that is asked for is there after the lead, one that is no
 * longer asked for goes at once, those that were to come last first.
 *
 * @param present how many there are
 * @param coming how many more come, by when they do
 */
record ShadowReplicas(int present, Map<Instant, Integer> coming) {
  ShadowReplicas {
    coming = Map.copyOf(coming);
  }

  /** Returns the replicas of a shadow that was not seen before. */
  static ShadowReplicas of(int present) {
    return new ShadowReplicas(present, Map.of());
  }

  /** Returns the replicas there are by now, and will be. */
  ShadowReplicas next(int asked, Duration lead, Instant now) {
    int there = present;
    TreeMap<Instant, Integer> left = new TreeMap<>();
    for (Map.Entry<Instant, Integer> entry : coming.entrySet()) {
      // Set back, a clock must not make anything come later than a lead from now.
      Instant latest = now.plus(lead);
      Instant at = entry.getKey().isAfter(latest) ? latest : entry.getKey();
      if (at.isAfter(now)) {
        left.merge(at, entry.getValue(), Integer::sum);
      } else {
        there += entry.getValue();
      }
    }
    int missing = asked - there - left.values().stream().mapToInt(Integer::intValue).sum();
    if (missing > 0) {
      return lead.isPositive()
          ? new ShadowReplicas(there, with(left, now.plus(lead), missing))
          : new ShadowReplicas(there + missing, left);
    }
    return fewer(there, left, -missing);
  }

  private static Map<Instant, Integer> with(
      TreeMap<Instant, Integer> coming, Instant at, int more) {
    coming.merge(at, more, Integer::sum);
    return coming;
  }

  private static ShadowReplicas fewer(int there, TreeMap<Instant, Integer> coming, int surplus) {
    int left = surplus;
    while (left > 0 && !coming.isEmpty()) {
      Map.Entry<Instant, Integer> last = coming.pollLastEntry();
      int taken = Math.min(left, last.getValue());
      left -= taken;
      if (last.getValue() > taken) {
        coming.put(last.getKey(), last.getValue() - taken);
      }
    }
    return new ShadowReplicas(Math.max(0, there - left), coming);
  }
}
