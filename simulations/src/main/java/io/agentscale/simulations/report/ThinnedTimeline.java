// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import io.agentscale.simulations.replay.TimelineRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A timeline with no more points than a screen shows. Each span of rows becomes two points, at its
 * first and its middle row, that hold the least and the greatest value of the span in the order
 * they came: no peak is lost, however short.
 */
final class ThinnedTimeline {
  private final List<TimelineRow> rows;
  private final int span;

  /** Thins rows to at most so many points. */
  ThinnedTimeline(List<TimelineRow> rows, int most) {
    this.rows = rows;
    span = rows.size() <= most ? 1 : Math.ceilDiv(2 * rows.size(), most);
  }

  /** Returns when the points are, in seconds since 1970. */
  double[] times() {
    return points(
        (first, last) -> {
          double begin = seconds(rows.get(first).at());
          return span == 1
              ? new double[] {begin}
              : new double[] {begin, seconds(rows.get((first + last + 1) / 2).at())};
        });
  }

  /** Returns a series, a value for each point. */
  double[] values(ToDoubleFunction<TimelineRow> of) {
    return points((first, last) -> extremes(first, last, row -> of.applyAsDouble(rows.get(row))));
  }

  /** Returns a series of values given for each row. */
  double[] values(double[] ofRows) {
    return points((first, last) -> extremes(first, last, row -> ofRows[row]));
  }

  /** A value of a row by its place. */
  private interface OfRow {
    double at(int row);
  }

  /** The points of the rows from a first to a last. */
  private interface OfSpan {
    double[] points(int first, int last);
  }

  private double[] points(OfSpan of) {
    double[] points = new double[2 * rows.size()];
    int count = 0;
    for (int first = 0; first < rows.size(); first += span) {
      for (double point : of.points(first, Math.min(first + span, rows.size()) - 1)) {
        points[count++] = point;
      }
    }
    return Arrays.copyOf(points, count);
  }

  private double[] extremes(int first, int last, OfRow of) {
    if (span == 1) {
      return new double[] {of.at(first)};
    }
    int least = first;
    int greatest = first;
    for (int row = first + 1; row <= last; row++) {
      least = of.at(row) < of.at(least) ? row : least;
      greatest = of.at(row) > of.at(greatest) ? row : greatest;
    }
    return new double[] {of.at(Math.min(least, greatest)), of.at(Math.max(least, greatest))};
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1e3;
  }
}
