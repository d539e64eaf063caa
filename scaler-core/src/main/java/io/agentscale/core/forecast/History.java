// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * The last three weeks of buckets, as signed square roots: the newest exact, the others packed.
 *
 * <p>The root evens out the noise of counts, whose spread grows with the root of their level, and
 * unlike a logarithm needs no constant for zeros: forecasts scale with the series. Running sums
 * make the mean of any stretch two look-ups, and are what is packed. A bucket nothing is known of
 * holds a stand-in, so that features exist, and is marked, so that nobody learns from it.
 */
final class History {
  private final RecentValues recent;
  private final CompactSums older;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  /**
   * @param exact the buckets that are to be had as they were
   * @param kept the buckets means can be had of, the wider the more exact
   */
  History(int exact, int kept) {
    this.recent = new RecentValues(exact);
    this.older = new CompactSums(exact < kept ? kept + 1 : 0);
    older.append(0);
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
    recent.append(root, isUnknown);
    older.append(recent.total());
  }

  /** Returns the buckets ever appended; the newest is {@code size() - 1}. */
  long size() {
    return recent.size();
  }

  /** Tells whether a bucket, one of those kept exactly, was measured. */
  boolean isKnown(long t) {
    return t >= 0 && t < size() && recent.isKnown(t);
  }

  double root(long t) {
    return recent.holds(t) ? recent.value(t) : mean(t, 1);
  }

  double value(long t) {
    return squared(root(t));
  }

  /** Returns the mean root of the {@code width} buckets that end with {@code t}. */
  double mean(long t, int width) {
    long before = t - width;
    if (before < 0) {
      return sum(t) / (t + 1);
    }
    return (sum(t) - sum(before)) / width;
  }

  private double sum(long t) {
    if (recent.holds(t)) {
      return recent.sum(t);
    }
    return older.at(t + 1);
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
    lowest = archive.of(lowest);
    highest = archive.of(highest);
    recent.archive(archive);
    older.archive(archive);
  }
}
