// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Load;
import io.agentscale.core.policy.PolicyDecision;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;

/**
 * The count of a policy that scales its target itself: what its rule recommends, bounded by what
 * the policy decided.
 */
public final class OwnCount {
  private OwnCount() {}

  /** Returns the load its rule sees: the policy's demand is the backlog, if it is known now. */
  public static Load load(int replicas, int readyReplicas, PolicyDecision decision) {
    Optional<Quantity> known = KnownDemand.of(decision);
    OptionalDouble demand =
        known.isPresent() ? OptionalDouble.of(known.get().doubleValue()) : OptionalDouble.empty();
    return new Load(replicas, readyReplicas, demand, demand);
  }

  /**
   * Bounds what the rule recommends.
   *
   * @param present replicas asked for at present
   * @param busy returns the fewest that keep every pod with a long run; asked only when there would
   *     be fewer than at present
   */
  public static int bounded(
      PolicyDefinition policy,
      int present,
      int recommended,
      PolicyDecision decision,
      IntSupplier busy) {
    DecidedBounds decided = DecidedBounds.of(policy.settings().schedules().baseline(), decision);
    int wanted = Math.max(recommended, decided.floor());
    if (policy.activation().isPresent() && !KnownDemand.isShut(decision)) {
      // The first replica comes and the last one goes by the activation alone.
      wanted = present == 0 ? 0 : Math.max(1, wanted);
    }
    if (wanted < present) {
      wanted = Math.max(wanted, busy.getAsInt());
    }
    return Math.min(wanted, decided.ceiling().orElse(Integer.MAX_VALUE));
  }
}
