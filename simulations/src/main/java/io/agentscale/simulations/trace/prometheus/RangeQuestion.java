// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.prometheus;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A range of a PromQL expression's past.
 *
 * <p>Times are multiples of the step since 1970, so that asking again a little later asks for the
 * same samples.
 *
 * @param url of the Prometheus
 * @param query requests per second, or another amount; several series are added up
 * @param from of the first sample
 * @param to excluded
 * @param step in whole milliseconds
 */
public record RangeQuestion(URI url, String query, Instant from, Instant to, Duration step) {
  /** Prometheus refuses to answer with more than 11,000 points a series. */
  private static final long MOST_POINTS = 10_000;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  public RangeQuestion {
    if (step.toMillis() < 1 || step.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("step: must be whole milliseconds, was: " + step);
    }
    long millis = step.toMillis();
    from = Instant.ofEpochMilli(Math.floorDiv(from.toEpochMilli(), millis) * millis);
    to = Instant.ofEpochMilli(Math.floorDiv(to.toEpochMilli(), millis) * millis);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "from: must be at least a step of %s before to, %s, was: %s".formatted(step, to, from));
    }
  }

  /** Returns how much is asked for at once: a day, or 10,000 points if that is less. */
  long pieceMillis() {
    long millis = step.toMillis();
    return millis * Math.clamp(DAY_MILLIS / millis, 1, MOST_POINTS);
  }

  /** Returns when the piece begins that a time lies in. */
  long pieceOf(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), pieceMillis()) * pieceMillis();
  }
}
