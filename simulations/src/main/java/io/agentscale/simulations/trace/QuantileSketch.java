// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

/**
 * Quantiles of any number of values in memory of a fixed size.
 *
 * <p>Values are counted in buckets whose borders grow by 0.05 %, so a quantile is off by at most
 * 0.025 % of itself (DDSketch, Masson and others 2019). Values below 1e-6 count as zero.
 */
public final class QuantileSketch {
  private static final double LOG_GROWTH = Math.log(1.0005);
  private static final double SMALLEST = 1e-6;
  private static final double LARGEST = 1e12;
  private static final int OFFSET = (int) Math.ceil(Math.log(SMALLEST) / LOG_GROWTH);
  private static final int BUCKETS = (int) Math.ceil(Math.log(LARGEST) / LOG_GROWTH) - OFFSET + 2;

  private final long[] counts = new long[BUCKETS];
  private long zeros;
  private long total;
  private double sum;
  private double max = Double.NEGATIVE_INFINITY;

  /** Adds a value from 0 up; what is above 1e12 counts as that. */
  public void add(double value) {
    total++;
    sum += value;
    max = Math.max(max, value);
    if (value < SMALLEST) {
      zeros++;
    } else {
      counts[(int) Math.ceil(Math.log(Math.min(value, LARGEST)) / LOG_GROWTH) - OFFSET]++;
    }
  }

  /** Returns how many values there are. */
  public long count() {
    return total;
  }

  /** Returns the mean, exactly; NaN of no values. */
  public double mean() {
    return sum / total;
  }

  /** Returns the largest value, exactly. */
  public double max() {
    return max;
  }

  /**
   * Returns the smallest value that at least this share of all values do not exceed.
   *
   * @param share from 0 to 1
   * @throws IllegalStateException if there are no values
   */
  public double quantile(double share) {
    if (total == 0) {
      throw new IllegalStateException("no values, so no quantiles");
    }
    long rank = Math.clamp((long) Math.ceil(share * total), 1, total);
    long below = zeros;
    int bucket = 0;
    while (below < rank) {
      below += counts[bucket++];
    }
    return below == zeros ? 0 : Math.min(max, Math.exp((bucket - 1 + OFFSET - 0.5) * LOG_GROWTH));
  }
}
