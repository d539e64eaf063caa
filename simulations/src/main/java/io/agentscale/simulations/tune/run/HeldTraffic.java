// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.StepCursor;
import io.agentscale.simulations.trace.Traffic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Traffic held in memory, since a search replays it thousands of times. */
final class HeldTraffic implements RateTraffic {
  /** Of the fluid engine's ticks: finer steps change nothing. */
  private static final Duration BIN = Duration.ofSeconds(1);

  private final Instant start;
  private final Duration step;
  private final double[] rates;

  private HeldTraffic(Instant start, Duration step, double[] rates) {
    this.start = start;
    this.step = step;
    this.rates = rates;
  }

  /**
   * Reads traffic; requests are counted per second.
   *
   * @throws InvalidTraceException if a step is unknown
   */
  static HeldTraffic of(Traffic traffic) {
    RateTraffic source =
        switch (traffic) {
          case RateTraffic rates -> rates;
          case RequestTraffic requests -> requests.binned(BIN);
        };
    double[] rates = new double[1024];
    int count = 0;
    try (RateCursor cursor = source.open()) {
      while (cursor.next()) {
        if (!cursor.isKnown()) {
          throw new InvalidTraceException(
              "traffic: must be known throughout, is not at "
                  + Instant.ofEpochMilli(cursor.startMillis()));
        }
        rates = count == rates.length ? Arrays.copyOf(rates, 2 * count) : rates;
        rates[count++] = cursor.requestsPerSecond();
      }
    }
    return new HeldTraffic(source.start(), source.step(), Arrays.copyOf(rates, count));
  }

  /** Returns how many requests are to be expected. */
  double requests() {
    double sum = 0;
    for (double rate : rates) {
      sum += rate;
    }
    return sum * step.toMillis() / 1000;
  }

  /** Returns what tells this traffic from any other. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(16 + 8 * rates.length);
    bytes.putLong(start.toEpochMilli()).putLong(step.toMillis());
    for (double rate : rates) {
      bytes.putDouble(rate);
    }
    return bytes.array();
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public Instant end() {
    return start.plus(step.multipliedBy(rates.length));
  }

  @Override
  public Duration step() {
    return step;
  }

  @Override
  public RateCursor open() {
    return new StepCursor(start.toEpochMilli(), step.toMillis()) {
      @Override
      public boolean next() {
        return moved() < rates.length && known(rates[(int) moved()]);
      }
    };
  }
}
