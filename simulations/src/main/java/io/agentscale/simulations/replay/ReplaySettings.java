// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.score.Goal;
import java.time.Duration;
import java.util.Optional;

/**
 * How to replay and what to score.
 *
 * @param goal what runs and replicas are measured by
 * @param warmUp the part at the start that is replayed and not scored, for forecasters to learn
 * @param tick of the fluid engine, in whole milliseconds
 * @param portion the length of the parts that are scored by themselves as well, if any are
 */
public record ReplaySettings(
    Goal goal, Duration warmUp, Duration tick, Optional<Duration> portion) {
  public static final Duration DEFAULT_TICK = Duration.ofSeconds(1);

  public ReplaySettings {
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warmUp: must not be negative, was: " + warmUp);
    }
    if (tick.toMillis() < 1 || tick.toNanos() % 1_000_000 != 0) {
      throw new IllegalArgumentException("tick: must be whole milliseconds, was: " + tick);
    }
    if (portion.isPresent() && !portion.get().isPositive()) {
      throw new IllegalArgumentException("portion: must be above 0 s, was: " + portion.get());
    }
  }

  /** Returns settings that score everything, in ticks of a second. */
  public static ReplaySettings of(Goal goal) {
    return new ReplaySettings(goal, Duration.ZERO, DEFAULT_TICK, Optional.empty());
  }

  public ReplaySettings withWarmUp(Duration other) {
    return new ReplaySettings(goal, other, tick, portion);
  }

  public ReplaySettings withTick(Duration other) {
    return new ReplaySettings(goal, warmUp, other, portion);
  }

  public ReplaySettings withPortions(Duration length) {
    return new ReplaySettings(goal, warmUp, tick, Optional.of(length));
  }
}
