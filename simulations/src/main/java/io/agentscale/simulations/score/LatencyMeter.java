// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import io.agentscale.simulations.score.Score.Latency;
import org.HdrHistogram.Histogram;

/** Counts how long runs took, to three digits, in milliseconds; longer than a day is a day. */
public final class LatencyMeter {
  private static final long MOST_MILLIS = 24L * 3600 * 1000;
  private static final int DIGITS = 3;

  private final Histogram histogram = new Histogram(1, MOST_MILLIS, DIGITS);

  public void add(double seconds) {
    histogram.recordValue(millis(seconds));
  }

  /** Adds {@code count} runs that took as long. */
  public void add(double seconds, long count) {
    histogram.recordValueWithCount(millis(seconds), count);
  }

  private static long millis(double seconds) {
    return Math.min(MOST_MILLIS, (long) (seconds * 1000 + 0.5));
  }

  public void clear() {
    histogram.reset();
  }

  /** Returns the summary of what was added, beside the share that was late. */
  public Latency summary(double latePercent) {
    return new Latency(
        latePercent,
        histogram.getMean(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(95),
        histogram.getValueAtPercentile(99),
        histogram.getMaxValue());
  }
}
