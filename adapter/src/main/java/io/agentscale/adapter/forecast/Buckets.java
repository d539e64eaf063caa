// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import io.agentscale.core.forecast.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;

/** Rows gathered into equal buckets, in whatever order they come. */
final class Buckets {
  /** Rows whose distances tell the usual one. */
  static final int ENOUGH = 1001;

  private static final int MOST = 5_000_000;

  private final Duration step;
  private final String source;
  private final TreeMap<Long, Sum> sums = new TreeMap<>();
  private final double[] distances = new double[ENOUGH - 1];
  private int measured;
  private double previous = Double.NaN;

  private static final class Sum {
    private double sum;
    private int count;
  }

  /**
   * Makes them.
   *
   * @param source the file, for messages
   */
  Buckets(Duration step, String source) {
    this.step = step;
    this.source = source;
  }

  void add(double seconds, double value) {
    Sum sum = bucket(seconds);
    sum.sum += value;
    sum.count++;
  }

  /** Notes a row that holds no value. */
  void skip(double seconds) {
    bucket(seconds);
  }

  private Sum bucket(double seconds) {
    if (measured < distances.length && seconds > previous) {
      distances[measured++] = seconds - previous;
    }
    previous = seconds;
    long key = (long) Math.floor(seconds / step.toSeconds());
    return sums.computeIfAbsent(key, ignored -> new Sum());
  }

  /** Returns the median distance of two rows, at least a second. */
  double interval() {
    double[] sorted = Arrays.copyOf(distances, measured);
    Arrays.sort(sorted);
    return measured == 0 ? step.toSeconds() : Math.max(1, sorted[measured / 2]);
  }

  /**
   * Returns the series: the mean of each bucket's rows. Where absence means zero, rows that are not
   * there count as zeros at the usual distance of two rows.
   */
  Series series(String name, Absence absence) {
    if (sums.isEmpty()) {
      throw new InvalidSeriesException(source + ": must hold at least one row in the asked time");
    }
    long first = sums.firstKey();
    long length = sums.lastKey() - first + 1;
    if (length > MOST) {
      throw new InvalidSeriesException(
          "%s: must span at most %d buckets of %s, spans %d: is a time wrong?"
              .formatted(source, MOST, step, length));
    }
    double[] values = new double[(int) length];
    Arrays.fill(values, absence == Absence.ZERO ? 0 : Double.NaN);
    double rows = Math.max(1, step.toSeconds() / interval());
    sums.forEach(
        (key, bucket) -> {
          if (bucket.count > 0) {
            double divisor = absence == Absence.ZERO ? rows : bucket.count;
            values[(int) (key - first)] = bucket.sum / divisor;
          }
        });
    return new Series(name, Instant.ofEpochSecond(first * step.toSeconds()), step, values);
  }
}
