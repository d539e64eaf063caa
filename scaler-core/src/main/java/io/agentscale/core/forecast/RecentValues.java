// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * The newest values of a series, exact, each either known or a stand-in, and what all add up to
 * since the series began.
 *
 * <p>The sum before every fourth value is kept; the others are a few additions away.
 */
final class RecentValues {
  private static final int BLOCK = 4;

  private final float[] values;
  private final double[] sums;
  private final long[] unknown;
  private double total;
  private long size;
  // The index the ring's first place holds; finding a place is a subtraction and not a division.
  private long lap;

  /** Makes room for at least {@code least} values. */
  RecentValues(int least) {
    // One block is being overwritten.
    int blocks = (least + BLOCK - 1) / BLOCK + 1;
    values = new float[blocks * BLOCK];
    sums = new double[blocks];
    unknown = new long[(values.length + Long.SIZE - 1) / Long.SIZE];
  }

  void append(double value, boolean isUnknown) {
    if (size - lap == values.length) {
      lap = size;
    }
    int i = place(size);
    if (i % BLOCK == 0) {
      sums[i / BLOCK] = total;
    }
    values[i] = (float) value;
    total += values[i];
    long bit = 1L << i;
    unknown[i >> 6] = isUnknown ? unknown[i >> 6] | bit : unknown[i >> 6] & ~bit;
    size++;
  }

  private int place(long t) {
    int i = (int) (t - lap);
    return i < 0 ? i + values.length : i;
  }

  /** Returns how many were ever appended. */
  long size() {
    return size;
  }

  /** Returns the sum of all ever appended. */
  double total() {
    return total;
  }

  /** Tells whether {@code t} is recent enough to be held. */
  boolean holds(long t) {
    return size - t <= values.length - BLOCK;
  }

  boolean isKnown(long t) {
    int i = place(t);
    return (unknown[i >> 6] & (1L << i)) == 0;
  }

  double value(long t) {
    return values[place(t)];
  }

  /** Returns the sum of the values up to and with {@code t}. */
  double sum(long t) {
    int last = place(t);
    double sum = sums[last / BLOCK];
    for (int i = last - last % BLOCK; i <= last; i++) {
      sum += values[i];
    }
    return sum;
  }

  void archive(Archive archive) {
    size = archive.of(size);
    lap = archive.of(lap);
    total = archive.of(total);
    archive.of(values);
    archive.of(sums);
    archive.of(unknown);
  }
}
