// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.schedule.Baseline;
import java.util.OptionalInt;

/**
 * The bounds that a decision asks of an autoscaler. Live demand is not among the reasons for a
 * floor: it reaches the autoscaler as a metric, with the autoscaler's own tolerance and limits.
 *
 * @param floor the larger of the policy's minimum, the schedules' and the forecast's replicas, cut
 *     by quota, ceiling and maximum
 * @param ceiling the schedules' ceiling; empty where they have none
 * @param liveKnown whether live demand is known now; if not, what is held must not be lowered
 * @param because who asked for the floor
 */
public record DecidedBounds(int floor, OptionalInt ceiling, boolean liveKnown, String because) {

  public static DecidedBounds of(Baseline baseline, PolicyDecision decision) {
    Explanation why = decision.explanation();
    boolean liveKnown = isLiveKnown(decision);
    if (why.schedules().exact()) {
      int exact = why.schedules().floor();
      return new DecidedBounds(exact, OptionalInt.of(exact), liveKnown, "exact schedule");
    }
    int floor = baseline.minReplicas();
    String because = "minReplicas " + floor;
    for (Proposal proposal : why.proposals()) {
      boolean isAhead =
          proposal.source() == Source.SCHEDULE || proposal.source() == Source.FORECAST;
      int asked = proposal.ask().map(Capacity::replicas).orElse(0);
      if (isAhead && asked > floor) {
        floor = asked;
        because = proposal.because();
      }
    }
    for (Clamp clamp : why.clamps()) {
      if (clamp.limit() != Limit.EXACT && clamp.after() < floor) {
        floor = clamp.after();
        because = clamp.because();
      }
    }
    int ceiling = why.schedules().ceiling();
    return new DecidedBounds(
        Math.min(floor, baseline.maxReplicas()),
        ceiling < baseline.maxReplicas() ? OptionalInt.of(ceiling) : OptionalInt.empty(),
        liveKnown,
        because);
  }

  /** A decision keeps what is present for one reason only: that live demand is not known now. */
  static boolean isLiveKnown(PolicyDecision decision) {
    return decision.explanation().proposals().stream()
        .noneMatch(proposal -> proposal.source() == Source.PRESENT);
  }
}
