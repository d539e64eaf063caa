// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.time.Duration;
import java.time.Instant;

/** A recorded series in equal buckets. */
final class Series {
  private final String name;
  private final Instant start;
  private final Duration step;
  private final double[] values;

  /**
   * Makes a series.
   *
   * @param name for reports
   * @param start of the first bucket
   * @param step the width of a bucket
   * @param values the mean of each bucket; NaN where nothing was measured
   */
  Series(String name, Instant start, Duration step, double[] values) {
    this.name = name;
    this.start = start;
    this.step = step;
    this.values = values.clone();
  }

  Series named(String other) {
    return new Series(other, start, step, values);
  }

  String name() {
    return name;
  }

  Duration step() {
    return step;
  }

  int length() {
    return values.length;
  }

  /** Returns the mean of bucket {@code i}; NaN where nothing was measured. */
  double value(int i) {
    return values[i];
  }

  /** Returns the start of bucket {@code i}. */
  Instant at(long i) {
    return start.plus(step.multipliedBy(i));
  }

  /** Returns the steps in a span, at least 1. */
  int steps(Duration span) {
    return (int) Math.max(1, span.dividedBy(step));
  }
}
