// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * The last three weeks of buckets, as signed square roots.
 *
 * <p>The root evens out the noise of counts, whose spread grows with the root of their level, and
 * unlike a logarithm needs no constant for zeros: forecasts scale with the series. Running sums
 * make the mean of any stretch two look-ups. A bucket nothing is known of holds a stand-in, so that
 * features exist, and is marked, so that nobody learns from it.
 */
final class History {
  private final float[] roots;
  private final double[] sums;
  private final long[] unknown;
  private long size;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  /** Makes room for at least {@code least} buckets. */
  History(int least) {
    // A power of two, so that finding a bucket is a mask and not a division.
    int capacity = Integer.highestOneBit(least - 1) << 1;
    roots = new float[capacity];
    sums = new double[capacity];
    unknown = new long[Math.max(1, capacity / 64)];
  }

  static double rooted(double value) {
    return value < 0 ? -Math.sqrt(-value) : Math.sqrt(value);
  }

  static double squared(double root) {
    return root * Math.abs(root);
  }

  void append(double value) {
    double root = rooted(value);
    lowest = Math.min(lowest, root);
    highest = Math.max(highest, root);
    push(root, false);
  }

  /** Appends a bucket nothing is known of, with a stand-in for its root. */
  void appendUnknown(double standIn) {
    push(standIn, true);
  }

  private void push(double root, boolean isUnknown) {
    double before = size == 0 ? 0 : sums[at(size - 1)];
    int i = at(size);
    roots[i] = (float) root;
    sums[i] = before + roots[i];
    long bit = 1L << i;
    unknown[i >> 6] = isUnknown ? unknown[i >> 6] | bit : unknown[i >> 6] & ~bit;
    size++;
  }

  private int at(long t) {
    return (int) t & roots.length - 1;
  }

  /** Returns the buckets ever appended; the newest is {@code size() - 1}. */
  long size() {
    return size;
  }

  boolean isKnown(long t) {
    return t >= 0 && t < size && (unknown[at(t) >> 6] & 1L << at(t)) == 0;
  }

  double root(long t) {
    return roots[at(t)];
  }

  double value(long t) {
    return squared(root(t));
  }

  /** Returns the mean root of the {@code width} buckets that end with {@code t}. */
  double mean(long t, int width) {
    long before = t - width;
    if (before < 0) {
      return sums[at(t)] / (t + 1);
    }
    return (sums[at(t)] - sums[at(before)]) / width;
  }

  /**
   * Returns the mean root within {@code radius} of {@code t}, looking no further than {@code
   * latest}.
   */
  double around(long t, int radius, long latest) {
    if (radius == 0) {
      return root(t);
    }
    long from = Math.max(0, t - radius);
    long to = Math.min(latest, t + radius);
    return mean(to, (int) (to - from + 1));
  }

  /**
   * Returns {@code root} kept within what was ever seen, widened by a fifth of its span: a
   * regression may follow a new high, not run away. A series never negative stays so.
   */
  double plausible(double root) {
    double margin = 0.2 * (highest - lowest);
    return Math.clamp(root, Math.max(lowest - margin, floor()), highest + margin);
  }

  /** Returns the least value to foresee: 0 for a series never seen below it. */
  double floor() {
    return lowest >= 0 ? 0 : Double.NEGATIVE_INFINITY;
  }

  void archive(Archive archive) {
    size = archive.of(size);
    lowest = archive.of(lowest);
    highest = archive.of(highest);
    archive.of(roots);
    archive.of(sums);
    archive.of(unknown);
  }
}
