// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * An amount that was recorded, such as a demand or replicas: one value for each of equal steps, at
 * whose beginning it was measured. A step nobody measured is unknown, which is NaN and never 0.
 *
 * <p>It can be read as traffic is; its rates are then the amounts.
 */
public final class Recording implements RateTraffic {
  private final Instant start;
  private final Duration step;
  private final double[] values;

  /**
   * @param step in whole milliseconds
   * @param values NaN where unknown
   */
  public Recording(Instant start, Duration step, double[] values) {
    this.start = start;
    this.step = step;
    this.values = values.clone();
  }

  /** Returns what was asked for as rates, whatever amounts they are. */
  public static Recording of(RateTraffic asked) {
    double[] values = new double[Math.toIntExact(asked.steps())];
    try (RateCursor cursor = asked.open()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = cursor.next() && cursor.isKnown() ? cursor.requestsPerSecond() : Double.NaN;
      }
    }
    return new Recording(asked.start(), asked.step(), values);
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public Instant end() {
    return start.plus(step.multipliedBy(values.length));
  }

  @Override
  public Duration step() {
    return step;
  }

  /** Returns the value of a step; NaN if it is unknown. */
  public double value(int index) {
    return values[index];
  }

  /** Returns the value of the step a time lies in; NaN if it is unknown or outside. */
  public double at(Instant time) {
    long index = Math.floorDiv(Duration.between(start, time).toMillis(), step.toMillis());
    return index >= 0 && index < values.length ? values[(int) index] : Double.NaN;
  }

  /** Returns the first step that is known. */
  public OptionalInt firstKnown() {
    return IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).findFirst();
  }

  /** Returns the part from the step on that a time lies in. */
  public Recording from(Instant time) {
    long index = Math.floorDiv(Duration.between(start, time).toMillis(), step.toMillis());
    int first = Math.clamp(index, 0, values.length);
    return new Recording(
        start.plus(step.multipliedBy(first)),
        step,
        Arrays.copyOfRange(values, first, values.length));
  }

  /** Returns the share of its steps that are known, in percent. */
  public double knownPercent() {
    long known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
    return values.length == 0 ? 0 : 100.0 * known / values.length;
  }

  @Override
  public RateCursor open() {
    return new StepCursor(start.toEpochMilli(), step.toMillis()) {
      @Override
      public boolean next() {
        if (moved() >= values.length) {
          return false;
        }
        double value = values[(int) moved()];
        return Double.isNaN(value) ? unknown() : known(value);
      }
    };
  }
}
