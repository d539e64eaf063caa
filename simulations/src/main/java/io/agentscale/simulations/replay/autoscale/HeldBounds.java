// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.actuate.AutoscalerKind;
import io.agentscale.adapter.actuate.Bound;
import io.agentscale.adapter.actuate.BoundsToHold;
import io.agentscale.adapter.actuate.DecidedBounds;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.schedule.Baseline;
import java.util.Map;
import java.util.OptionalInt;

/** The bounds a policy holds of its autoscaler, by the code that holds them live. */
final class HeldBounds {
  private final Baseline baseline;
  private final AutoscalerKind kind;
  private final ReplicaBounds user;
  private OptionalInt heldMin = OptionalInt.empty();

  /**
   * @param baseline of the policy
   * @param kind of the autoscaler
   * @param user the bounds its manifest has
   */
  HeldBounds(Baseline baseline, AutoscalerKind kind, ReplicaBounds user) {
    this.baseline = baseline;
    this.kind = kind;
    this.user = user;
  }

  /** Returns the bounds the autoscaler has after a decision. */
  ReplicaBounds after(PolicyDecision decision) {
    BoundsToHold bounds =
        BoundsToHold.of(
            DecidedBounds.of(baseline, decision),
            kind,
            Map.of(Bound.MIN, OptionalInt.of(user.min()), Bound.MAX, OptionalInt.of(user.max())),
            heldMin);
    Integer min = bounds.held().get(Bound.MIN);
    heldMin = min == null ? OptionalInt.empty() : OptionalInt.of(min);
    return new ReplicaBounds(
        heldMin.orElse(user.min()), bounds.held().getOrDefault(Bound.MAX, user.max()));
  }
}
