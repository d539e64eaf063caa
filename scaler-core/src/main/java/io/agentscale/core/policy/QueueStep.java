// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Adds one replica while the backlog is above a threshold and takes one away while it is below
 * another, with a pause after every change: the rule of GPU model servers, where a replica costs a
 * whole GPU and minutes to start (defaults: above 10, below 2, 1 to 4 replicas, 120 s).
 *
 * @param upAbove waiting requests above which one replica is added
 * @param downBelow waiting requests below which one is taken away
 * @param bounds the fewest and the most replicas
 * @param cooldown time after a change during which there is no other
 */
public record QueueStep(double upAbove, double downBelow, ReplicaBounds bounds, Duration cooldown)
    implements Recommender<QueueStep.LastChange> {
  public static final QueueStep DEFAULT =
      new QueueStep(10, 2, new ReplicaBounds(1, 4), Duration.ofMinutes(2));

  /**
   * When the count was last changed.
   *
   * @param at empty if it never was
   */
  public record LastChange(Optional<Instant> at) {}

  public QueueStep {
    if (!(downBelow >= 0 && upAbove >= downBelow)) {
      throw new IllegalArgumentException(
          "upAbove: must be at least downBelow " + downBelow + " >= 0, was: " + upAbove);
    }
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("cooldown: must not be negative, was: " + cooldown);
    }
  }

  @Override
  public LastChange initialState() {
    return new LastChange(Optional.empty());
  }

  @Override
  public Recommendation<LastChange> recommend(LastChange state, Load load, Instant now) {
    int allowed = bounds.clamp(load.replicas());
    if (allowed != load.replicas()) {
      return changed(allowed, now, load.replicas() + " replicas are out of bounds");
    }
    if (load.backlog().isEmpty()) {
      return new Recommendation<>(allowed, state, "backlog unknown: replicas held");
    }
    double backlog = load.backlog().getAsDouble();
    int wanted = bounds.clamp(allowed + step(backlog));
    String figures = "backlog " + backlog + ", up above " + upAbove + ", down below " + downBelow;
    if (wanted == allowed) {
      return new Recommendation<>(allowed, state, figures);
    }
    if (state.at().isPresent() && now.isBefore(state.at().get().plus(cooldown))) {
      return new Recommendation<>(
          allowed, state, figures + ": held until " + state.at().get().plus(cooldown));
    }
    return changed(wanted, now, figures);
  }

  private int step(double backlog) {
    if (backlog > upAbove) {
      return 1;
    }
    return backlog < downBelow ? -1 : 0;
  }

  private static Recommendation<LastChange> changed(int replicas, Instant now, String reason) {
    return new Recommendation<>(replicas, new LastChange(Optional.of(now)), reason);
  }
}
