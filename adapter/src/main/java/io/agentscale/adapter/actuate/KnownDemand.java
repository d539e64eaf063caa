// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import java.util.Optional;

/** What a decision says about the demand behind it. */
final class KnownDemand {
  private KnownDemand() {}

  /** Returns the live demand if it is known now; one that merely stands in for it is not. */
  static Optional<Quantity> of(PolicyDecision decision) {
    return DecidedBounds.isLiveKnown(decision)
        ? decision.state().lastKnown().map(LiveDemand.Known::demand)
        : Optional.empty();
  }

  /** Tells whether a schedule or a forecast asks for any replica. */
  static boolean isForeseen(PolicyDecision decision) {
    return decision.explanation().proposals().stream()
        .filter(p -> p.source() == Source.SCHEDULE || p.source() == Source.FORECAST)
        .anyMatch(p -> p.ask().map(Capacity::replicas).orElse(0) > 0);
  }

  /** Tells whether a schedule allows no replica at all, whatever the demand. */
  static boolean isShut(PolicyDecision decision) {
    return decision.replicas() == 0
        && (decision.explanation().schedules().exact()
            || decision.explanation().clamps().stream()
                .anyMatch(clamp -> clamp.limit() == Limit.CEILING && clamp.after() == 0));
  }
}
