// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongToDoubleFunction;

/** Traffic made of a formula, for tests. */
public record Rates(Duration step, long steps, LongToDoubleFunction requestsPerSecond)
    implements RateTraffic {
  public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /**
   * Four agent pods' load for twenty minutes, then sixteen pods' for another twenty, then four's.
   */
  public static final Rates STEP =
      new Rates(Duration.ofMinutes(1), 80, minute -> minute / 20 == 1 ? 50 : 12.5);

  /** Returns when so many minutes have gone. */
  public static Instant minute(double minutes) {
    return START.plusMillis(Math.round(minutes * 60_000));
  }

  /** Returns the same rate for so long, in steps of a minute. */
  public static Rates steady(double requestsPerSecond, Duration length) {
    return new Rates(Duration.ofMinutes(1), length.toMinutes(), step -> requestsPerSecond);
  }

  /** Returns a day that swings between a tenth of the peak, at midnight, and the peak at noon. */
  public static Rates days(double peak, int days) {
    return new Rates(
        Duration.ofMinutes(1),
        days * 1440L,
        step -> peak * (0.55 - 0.45 * Math.cos(2 * Math.PI * step / 1440)));
  }

  @Override
  public Instant start() {
    return START;
  }

  @Override
  public Instant end() {
    return START.plus(step.multipliedBy(steps));
  }

  @Override
  public RateCursor open() {
    return new StepCursor(START.toEpochMilli(), step.toMillis()) {
      @Override
      public boolean next() {
        return moved() < steps && known(requestsPerSecond.applyAsDouble(moved()));
      }
    };
  }
}
