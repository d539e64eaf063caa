// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import java.time.Duration;
import java.time.Instant;

/**
 * The stretch of the past that is scored, in multiples of the step since 1970.
 *
 * @param from of the first step
 * @param to excluded
 * @param step between two looks at the past, in whole milliseconds
 */
public record Stretch(Instant from, Instant to, Duration step) {
  private static final int LOOKS = 200;

  public Stretch {
    if (step.toMillis() < 1 || step.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("step: must be whole milliseconds, was: " + step);
    }
    from = floor(from, step);
    to = floor(to, step);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "must begin at least a step of %s before its end %s, was: %s".formatted(step, to, from));
    }
  }

  private static Instant floor(Instant time, Duration step) {
    long millis = step.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
  }

  /** Returns a step at which facts that rarely change are looked at. */
  Duration coarse() {
    Duration span = Duration.between(from, to).dividedBy(LOOKS);
    return span.compareTo(step) > 0 ? Duration.ofSeconds(Math.max(1, span.toSeconds())) : step;
  }
}
