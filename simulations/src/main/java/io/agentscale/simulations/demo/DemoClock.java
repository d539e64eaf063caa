// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time inside the demo: it begins before a working day and runs {@value #SPEED} times as fast,
 * so that a day passes in eight minutes. The day is yesterday's, because certificates made by this
 * clock must already be valid by the real one.
 */
final class DemoClock implements InstantSource {
  static final int SPEED = 180;
  private static final Duration BEGIN_OF_DAY = Duration.ofHours(7).plusMinutes(30);

  private final InstantSource real;
  private final Instant realStart;
  private final Instant start;

  DemoClock(InstantSource real) {
    this.real = real;
    this.realStart = real.instant();
    this.start =
        realStart.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS).plus(BEGIN_OF_DAY);
  }

  /** Returns when the demo began, in its own time. */
  Instant start() {
    return start;
  }

  @Override
  public Instant instant() {
    return start.plus(Duration.between(realStart, real.instant()).multipliedBy(SPEED));
  }
}
