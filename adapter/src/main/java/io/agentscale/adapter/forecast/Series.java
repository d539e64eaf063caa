// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * A recorded series in equal buckets.
 *
 * @param name for reports
 * @param start of the first bucket
 * @param step the width of a bucket
 * @param values the mean of each bucket; NaN where nothing was measured
 */
record Series(String name, Instant start, Duration step, double[] values) {

  /** Returns the start of bucket {@code i}. */
  Instant at(long i) {
    return start.plus(step.multipliedBy(i));
  }

  /** Returns the steps in a span, at least 1. */
  int steps(Duration span) {
    return (int) Math.max(1, span.dividedBy(step));
  }
}
