// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.RandomStream;
import io.agentscale.simulations.workload.Sampler;
import java.time.Instant;

/**
 * A Poisson process of a series' rates: gaps are exponential at the step's rate, and a gap that
 * reaches over the step's end is begun anew there, which changes nothing as it has no memory.
 */
final class RandomArrivals extends Arrivals {
  private static final Sampler GAPS = new Sampler(new Distribution.Exponential(1));

  private final RandomStream random;
  private final RateCursor cursor;
  private final double step;
  private long steps;
  private double stepEnd;
  private double secondsPerRun;
  private double next;
  private double end = Double.POSITIVE_INFINITY;

  RandomArrivals(RateTraffic rates, RandomStream random) {
    this.random = random;
    step = rates.step().toMillis() / 1000.0;
    cursor = rates.open();
    secondsPerRun = Double.POSITIVE_INFINITY;
    nextStep();
    advance();
  }

  @Override
  double next() {
    return next;
  }

  @Override
  void advance() {
    double at = next + GAPS.next(random) * secondsPerRun;
    while (at >= stepEnd) {
      double from = stepEnd;
      if (!nextStep()) {
        end = from;
        next = Double.POSITIVE_INFINITY;
        return;
      }
      at = from + GAPS.next(random) * secondsPerRun;
    }
    next = at;
  }

  private boolean nextStep() {
    if (!cursor.next()) {
      return false;
    }
    if (!cursor.isKnown()) {
      throw new InvalidTraceException(
          "the rate is unknown from %s: say what a replay does with gaps"
              .formatted(Instant.ofEpochMilli(cursor.startMillis())));
    }
    // No runs are infinitely far apart.
    secondsPerRun = 1 / cursor.requestsPerSecond();
    steps++;
    stepEnd = steps * step;
    return true;
  }

  @Override
  double end() {
    return end;
  }

  @Override
  long inputTokens() {
    return RequestCursor.NO_TOKENS;
  }

  @Override
  long outputTokens() {
    return RequestCursor.NO_TOKENS;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
