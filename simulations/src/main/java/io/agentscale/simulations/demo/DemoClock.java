// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The time inside the demo: it begins before a working day and runs {@value #SPEED} times as fast,
 * so that a day passes in eight minutes. The day is yesterday's, because certificates made by this
 * clock must already be valid by the real one. It stands still until it is told to {@link #run}, so
 * that a slow start of the program costs nothing of the day.
 */
final class DemoClock implements InstantSource {
  static final int SPEED = 180;
  private static final Duration BEGIN_OF_DAY = Duration.ofHours(7).plusMinutes(30);

  private final InstantSource real;
  private final Instant start;
  private volatile Optional<Instant> running = Optional.empty();

  DemoClock(InstantSource real) {
    this.real = real;
    this.start =
        real.instant().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS).plus(BEGIN_OF_DAY);
  }

  /** Returns when the demo begins, in its own time. */
  Instant start() {
    return start;
  }

  /** Begins to run, once. */
  void run() {
    running = Optional.of(running.orElseGet(real::instant));
  }

  @Override
  public Instant instant() {
    return running
        .map(since -> start.plus(Duration.between(since, real.instant()).multipliedBy(SPEED)))
        .orElse(start);
  }
}
