// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * What the series did at the same time in earlier periods: the mean over up to {@code count} of
 * them.
 *
 * @param period steps in a period
 * @param count how many periods back
 */
record Profile(int period, int count) {

  /** Tells whether a whole period lies before {@code t}. */
  boolean isKnown(long t) {
    return t >= period;
  }

  /** Returns the profile of bucket {@code t}, each value smoothed over {@code radius}. */
  double at(History history, long t, int radius, long latest) {
    double sum = 0;
    int n = 0;
    for (long i = t - period; n < count && i >= 0; i -= period) {
      sum += history.around(i, radius, latest);
      n++;
    }
    return sum / n;
  }

  /** Returns the profile's mean over the {@code width} buckets that end with {@code t}. */
  double mean(History history, long t, int width) {
    double sum = 0;
    int n = 0;
    for (long i = t - period; n < count && i >= 0; i -= period) {
      sum += history.mean(i, width);
      n++;
    }
    return sum / n;
  }
}
