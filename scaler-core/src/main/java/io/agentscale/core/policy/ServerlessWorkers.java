// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Scales workers between none and a few by queue thresholds, as serverless GPU platforms do:
 * waiting work wakes the first worker, a long queue adds one at a time, and a worker goes only
 * after the queue has been short for the whole idle timeout (defaults: above 5, below 1, 0 to 4
 * workers, 300 s).
 *
 * @param upAbove waiting requests above which one worker is added
 * @param idleBelow waiting requests below which the platform counts as idle
 * @param bounds the fewest and the most workers
 * @param idleTimeout how long it must have been idle before a worker goes
 */
public record ServerlessWorkers(
    double upAbove, double idleBelow, ReplicaBounds bounds, Duration idleTimeout)
    implements Recommender<ServerlessWorkers.Idle> {
  public static final ServerlessWorkers DEFAULT =
      new ServerlessWorkers(5, 1, new ReplicaBounds(0, 4), Duration.ofMinutes(5));

  /**
   * Since when the queue has been short.
   *
   * @param since empty while it is not
   */
  public record Idle(Optional<Instant> since) {
    static final Idle NO = new Idle(Optional.empty());
  }

  public ServerlessWorkers {
    if (!(idleBelow >= 0 && upAbove >= idleBelow)) {
      throw new IllegalArgumentException(
          "upAbove: must be at least idleBelow " + idleBelow + " >= 0, was: " + upAbove);
    }
    Positive.require("idleTimeout", idleTimeout);
  }

  @Override
  public Idle initialState() {
    return Idle.NO;
  }

  @Override
  public Recommendation<Idle> recommend(Idle state, Load load, Instant now) {
    int present = bounds.clamp(load.replicas());
    if (load.backlog().isEmpty()) {
      // Not known to be idle: the timeout starts again, so that a dead source never removes a
      // worker.
      return new Recommendation<>(present, Idle.NO, "backlog unknown: workers held");
    }
    double backlog = load.backlog().getAsDouble();
    if (backlog > upAbove || (present == 0 && backlog > 0)) {
      return new Recommendation<>(
          bounds.clamp(present + 1L), Idle.NO, "backlog " + backlog + " asks for one more worker");
    }
    if (backlog >= idleBelow || isServing(load)) {
      return new Recommendation<>(present, Idle.NO, "backlog " + backlog + ": workers kept");
    }
    return idle(state.since().orElse(now), present, now);
  }

  /** Running work that is known of keeps the platform busy, however short the queue. */
  private static boolean isServing(Load load) {
    return load.demand().orElse(0) > load.backlog().orElse(0);
  }

  private Recommendation<Idle> idle(Instant since, int present, Instant now) {
    Instant goes = since.plus(idleTimeout);
    if (now.isBefore(goes)) {
      return new Recommendation<>(
          present,
          new Idle(Optional.of(since)),
          "idle since " + since + ": workers kept until " + goes);
    }
    return new Recommendation<>(
        bounds.clamp(present - 1L), new Idle(Optional.of(now)), "idle since " + since);
  }
}
