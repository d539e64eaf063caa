// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Poisson;
import io.agentscale.simulations.workload.RandomStream;
import java.time.Duration;
import java.time.Instant;

/** How many runs arrive in each tick: at random around a series' rates, or as a list says. */
final class TickArrivals implements AutoCloseable {
  /** What to expect of a list is its mean of late. */
  private static final double SMOOTHING_TICKS = 60;

  private final RateCursor cursor;
  private final Poisson poisson;
  private final boolean random;
  private final double tick;
  private final double step;
  private long ticks;
  private long steps;
  private double stepEnd;
  private double rate;
  private boolean more;
  private double expected;

  TickArrivals(Traffic traffic, double tickSeconds, RandomStream stream) {
    tick = tickSeconds;
    poisson = new Poisson(stream);
    RateTraffic rates =
        switch (traffic) {
          case RateTraffic series -> series;
          case RequestTraffic requests ->
              requests.binned(Duration.ofMillis(Math.round(tickSeconds * 1000)));
        };
    random = traffic instanceof RateTraffic;
    step = rates.step().toMillis() / 1000.0;
    cursor = rates.open();
    more = true;
    advance();
  }

  private void advance() {
    more = cursor.next();
    if (!more) {
      return;
    }
    if (!cursor.isKnown()) {
      throw new InvalidTraceException(
          "the rate is unknown from %s: say what a replay does with gaps"
              .formatted(Instant.ofEpochMilli(cursor.startMillis())));
    }
    rate = cursor.requestsPerSecond();
    steps++;
    stepEnd = steps * step;
  }

  boolean hasMore() {
    return more;
  }

  /** Returns how many ticks from now on lie wholly in the present step. */
  long steadyTicks() {
    return (long) Math.floor(stepEnd / tick + 1e-9) - ticks;
  }

  /** Returns the arrivals of a tick that {@link #steadyTicks} counted. */
  double nextSteady() {
    ticks++;
    double came = draw(rate * tick);
    if ((ticks + 1e-9) * tick >= stepEnd) {
      advance();
    }
    return came;
  }

  /** Returns the arrivals of any tick. */
  double next() {
    double from = ticks * tick;
    double to = from + tick;
    double mean = 0;
    while (more && stepEnd < to - 1e-9) {
      mean += rate * Math.max(0, stepEnd - from);
      from = stepEnd;
      advance();
    }
    if (more) {
      mean += rate * (to - from);
    }
    ticks++;
    if (more && stepEnd <= to + 1e-9) {
      advance();
    }
    return draw(mean);
  }

  private double draw(double mean) {
    if (random) {
      expected = mean;
      return poisson.next(mean);
    }
    expected += (mean - expected) / SMOOTHING_TICKS;
    return mean;
  }

  /** Returns by how much the last tick's arrivals were above what was to be expected. */
  double surprise(double came) {
    return came - expected;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
