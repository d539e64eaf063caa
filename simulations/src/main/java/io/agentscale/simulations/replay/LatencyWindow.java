// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import java.util.Arrays;

/**
 * How long runs took that ended in the last few scrape intervals, in buckets of a sixteenth of a
 * power of two: as fine as the histograms services expose, and finer than most.
 */
public final class LatencyWindow {
  private static final int PER_DOUBLING = 16;
  private static final int SHIFT = 52 - 4;
  // From 2^-10 s, about a millisecond, to 2^20 s, days.
  private static final long FIRST = (1023L - 10) << 4;
  private static final int BUCKETS = 30 * PER_DOUBLING;

  private final double[][] scrapes;
  private double[] current;
  private int index;

  LatencyWindow(int windowScrapes) {
    scrapes = new double[windowScrapes][BUCKETS];
    current = scrapes[0];
  }

  /** Adds runs that took as long. */
  public void add(double seconds, double count) {
    long bucket = (Double.doubleToRawLongBits(seconds) >>> SHIFT) - FIRST;
    current[Math.clamp(bucket, 0, BUCKETS - 1)] += count;
  }

  /** Returns the 99th percentile of the window, NaN if nothing ended. */
  double p99() {
    double[] sum = new double[BUCKETS];
    double total = 0;
    for (double[] scrape : scrapes) {
      for (int i = 0; i < BUCKETS; i++) {
        sum[i] += scrape[i];
        total += scrape[i];
      }
    }
    if (total <= 0) {
      return Double.NaN;
    }
    double left = 0.99 * total;
    int bucket = 0;
    while (bucket < BUCKETS - 1 && sum[bucket] < left) {
      left -= sum[bucket];
      bucket++;
    }
    return Double.longBitsToDouble((FIRST + bucket + 1) << SHIFT);
  }

  /** Begins the next scrape interval, forgetting the oldest. */
  void turn() {
    index = (index + 1) % scrapes.length;
    current = scrapes[index];
    Arrays.fill(current, 0);
  }
}
