// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.TargetView;
import java.time.Duration;
import java.util.Optional;

/**
 * How far ahead a policy looks, and how that is known.
 *
 * @param value from {@link #SHORTEST} to {@link #LONGEST}
 * @param source for people
 */
record LeadTime(Duration value, String source) {
  /** Nothing starts faster than it takes to notice. */
  static final Duration SHORTEST = Duration.ofSeconds(5);

  /** The furthest horizon there is. */
  static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Returns the lead of a policy.
   *
   * @param measured of the target's own pods; empty while none was seen to start
   * @param fallback for as long
   */
  static LeadTime of(Lead lead, Optional<TargetView.MeasuredLead> measured, Duration fallback) {
    return switch (lead) {
      case Lead.Fixed(Duration fixed) -> new LeadTime(bounded(fixed), "policy");
      case Lead.Auto() ->
          measured
              .map(
                  seen ->
                      new LeadTime(
                          bounded(seen.p90()), "p90 created to Ready, " + starts(seen.starts())))
              .orElseGet(() -> new LeadTime(bounded(fallback), "fallback, no start seen yet"));
    };
  }

  private static String starts(int count) {
    return count == 1 ? "1 start" : count + " starts";
  }

  private static Duration bounded(Duration lead) {
    if (lead.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return lead.compareTo(LONGEST) > 0 ? LONGEST : lead;
  }
}
