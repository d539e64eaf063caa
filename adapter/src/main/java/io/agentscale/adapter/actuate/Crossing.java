// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.PolicyDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether a workload gets its first replica, or loses its last.
 *
 * <p>The first comes as soon as demand is known to be above the threshold, or a schedule or
 * forecast asks for any. The last goes when demand has been known and no higher than the threshold
 * for the whole idle time, nothing is foreseen and no run is in flight. What is not known keeps
 * what there is, and starts the idle time again. Only a schedule that allows no replica overrides
 * all that.
 *
 * @param move what to do
 * @param idleSince since when demand has been known to be low; empty while it is not
 * @param because the figures behind it
 */
public record Crossing(Move move, Optional<Instant> idleSince, String because) {

  /** What to do about the first replica. */
  public enum Move {
    STAY,
    WAKE,
    SLEEP
  }

  /**
   * Decides.
   *
   * @param replicas asked for at present
   * @param idleSince of the last decision
   * @param inFlight why a run may be in flight; empty if none is
   */
  public static Crossing of(
      Activation activation,
      PolicyDecision decision,
      int replicas,
      Optional<Instant> idleSince,
      Optional<String> inFlight,
      Instant now) {
    if (KnownDemand.isShut(decision)) {
      Move move = replicas > 0 ? Move.SLEEP : Move.STAY;
      return new Crossing(move, Optional.empty(), "a schedule allows no replica");
    }
    Optional<Quantity> demand = KnownDemand.of(decision);
    boolean isHigh = demand.isPresent() && demand.get().compareTo(activation.threshold()) > 0;
    if (KnownDemand.isForeseen(decision)) {
      return up(replicas, "a schedule or forecast asks for replicas");
    }
    if (isHigh) {
      return up(replicas, "demand %s is above %s".formatted(demand.get(), activation.threshold()));
    }
    if (demand.isEmpty() || replicas == 0) {
      String because = demand.isEmpty() ? "demand is not known" : "idle";
      return new Crossing(Move.STAY, Optional.empty(), because);
    }
    return inFlight
        .map(because -> new Crossing(Move.STAY, Optional.empty(), because))
        .orElseGet(() -> idle(activation.idleFor(), idleSince, now));
  }

  /**
   * Tells whether all there is may go: replicas above an autoscaler's minimum are its own to take
   * away, unless a schedule allows none.
   */
  public static boolean mayGo(
      PolicyDecision decision, int replicas, Collection<AutoscalerView> autoscalers) {
    return KnownDemand.isShut(decision) || isAtMinimum(replicas, autoscalers);
  }

  private static boolean isAtMinimum(int replicas, Collection<AutoscalerView> autoscalers) {
    for (AutoscalerView autoscaler : autoscalers) {
      int minimum = Math.max(1, autoscaler.minReplicas());
      if (replicas > minimum || autoscaler.desiredReplicas() > minimum) {
        return false;
      }
    }
    return !autoscalers.isEmpty() || replicas <= 1;
  }

  private static Crossing up(int replicas, String because) {
    return new Crossing(replicas == 0 ? Move.WAKE : Move.STAY, Optional.empty(), because);
  }

  private static Crossing idle(Duration idleFor, Optional<Instant> before, Instant now) {
    // A clock set back starts the idle time again.
    Instant since = before.filter(at -> !at.isAfter(now)).orElse(now);
    boolean isOver = !now.isBefore(since.plus(idleFor));
    return new Crossing(isOver ? Move.SLEEP : Move.STAY, Optional.of(since), "idle since " + since);
  }
}
