// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.sample.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One series of a source, and what it adds to the metric: {@code factor} times its value.
 *
 * @param series the series' name in the exposition
 * @param kind whether its value or its increase a second counts
 * @param factor turns the series' unit into the metric's
 * @param filters the series that count; all of that name when empty
 */
public record Term(String series, Kind kind, double factor, List<LabelFilter> filters) {

  /** How a series turns into a number. */
  public enum Kind {
    GAUGE,
    RATE
  }

  public Term {
    filters = List.copyOf(filters);
  }

  static Term gauge(String series, LabelFilter... filters) {
    return new Term(series, Kind.GAUGE, 1, Arrays.asList(filters));
  }

  /** A counter, taken per minute. */
  static Term perMinute(String series, LabelFilter... filters) {
    return new Term(series, Kind.RATE, 60, Arrays.asList(filters));
  }

  /** Returns the term's contribution; a number that is not finite is not known. */
  Reading read(PodReadings pod, Duration window) {
    Reading reading =
        switch (kind) {
          case GAUGE -> pod.gauge(series, filters);
          case RATE -> pod.ratePerSecond(series, window, filters);
        };
    if (!(reading instanceof Reading.Value known)) {
      return reading;
    }
    double contribution = factor * known.value();
    return Double.isFinite(contribution)
        ? new Reading.Value(contribution, known.at(), known.window())
        : new Reading.Absent(series + " is " + known.value());
  }
}
