// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.ServedDemand;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when each policy last wanted a replica, or did not know whether it does.
 *
 * <p>A policy that may go to zero is active while it wants one, and for {@code idleFor} after: the
 * last replica goes only when demand was known and low for that long. What was before this memory
 * began is not known, so that a target with replicas stays active for {@code idleFor} first. Not
 * knowing keeps what there is: it wakes nothing that sleeps.
 */
public final class ActivityMemory {
  private final Map<PolicyKey, Instant> lastWanted = new ConcurrentHashMap<>();

  /** Takes note of a policy's latest decision. */
  public void note(PolicySnapshot snapshot) {
    PolicyKey key = snapshot.definition().key();
    Optional<Activation> activation = snapshot.definition().activation();
    if (activation.isEmpty()) {
      lastWanted.remove(key);
      return;
    }
    snapshot.latest().ifPresent(latest -> note(key, activation.get(), latest));
  }

  private void note(PolicyKey key, Activation activation, DecisionRecord latest) {
    boolean unseen = !lastWanted.containsKey(key);
    boolean unsure = unseen || latest.decision().served() instanceof ServedDemand.Unknown;
    if (isWanted(activation, latest) || (unsure && latest.replicas() > 0)) {
      lastWanted.put(key, latest.at());
    } else if (unseen) {
      lastWanted.put(key, Instant.MIN);
    }
  }

  void forget(PolicyKey key) {
    lastWanted.remove(key);
  }

  /** Tells whether the target of a policy whose demand is known should have any replica. */
  public boolean isActive(PolicySnapshot snapshot, DecisionRecord latest, Instant now) {
    Optional<Activation> activation = snapshot.definition().activation();
    if (activation.isEmpty()) {
      return latest.decision().replicas() > 0;
    }
    return !isLimitedToNone(latest)
        && (isWanted(activation.get(), latest)
            || isWithinIdleTime(snapshot.definition().key(), activation.get(), now));
  }

  private boolean isWithinIdleTime(PolicyKey key, Activation activation, Instant now) {
    Instant wanted = lastWanted.getOrDefault(key, Instant.MIN);
    return !wanted.equals(Instant.MIN) && now.isBefore(wanted.plus(activation.idleFor()));
  }

  /** An exact window of zero, say, ends the wait. */
  private static boolean isLimitedToNone(DecisionRecord latest) {
    return latest.decision().explanation().clamps().stream().anyMatch(clamp -> clamp.after() == 0);
  }

  private static boolean isWanted(Activation activation, DecisionRecord latest) {
    return latest.decision().explanation().proposals().stream()
        .anyMatch(proposal -> isWanting(proposal, activation, latest));
  }

  /**
   * Live demand counts above the threshold only, and without headroom; a window's floor and a
   * forecast are meant to be there before any demand is.
   */
  private static boolean isWanting(
      Proposal proposal, Activation activation, DecisionRecord latest) {
    if (proposal.ask().isEmpty()) {
      return false;
    }
    return proposal.source() == Source.LIVE
        ? latest
            .decision()
            .state()
            .lastKnown()
            .filter(live -> live.demand().compareTo(activation.threshold()) > 0)
            .isPresent()
        : proposal.ask().get().replicas() > 0;
  }
}
