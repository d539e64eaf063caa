// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * What a regression sees of the history at origin {@code t}: everything as a difference to the
 * present level {@code a}, so that coefficients do not depend on the level itself.
 *
 * <p>The features are those of a seasonal autoregression on increments (Doornik, Castle and Hendry,
 * <i>Card forecasts for M4</i>, International Journal of Forecasting 36, 2020, found such cheap
 * ones the best on hourly data), each set holding the one before it.
 */
enum FeatureSet {
  /** Recent steps and levels only: for series without a season. */
  SHORT(11),
  /** Also what happened at this time yesterday and on the last seven days. */
  DAILY(16),
  /** Also what happened at this time in the last three weeks. */
  WEEKLY(23);

  private static final int LAGS = 6;

  private final int size;

  FeatureSet(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  /** Returns the first origin with all features. */
  long warmUp(Grid grid) {
    long lags = (LAGS + 1L) * grid.block() + grid.hour();
    return switch (this) {
      case SHORT -> lags;
      case DAILY -> lags + grid.day();
      case WEEKLY -> lags + grid.week();
    };
  }

  void fill(History z, Grid grid, long t, int h, double[] x) {
    double a = z.mean(t, grid.block());
    int n = shortTerm(z, grid, t, a, x);
    if (this != SHORT) {
      n = daily(z, grid, t, h, a, x, n);
    }
    if (this == WEEKLY) {
      weekly(z, grid, t, h, a, x, n);
    }
  }

  private static int shortTerm(History z, Grid grid, long t, double a, double[] x) {
    int n = 0;
    x[n++] = z.root(t) - a;
    double later = a;
    for (int lag = 1; lag <= LAGS; lag++) {
      double earlier = z.mean(t - (long) lag * grid.block(), grid.block());
      x[n++] = later - earlier;
      later = earlier;
    }
    x[n++] = a - z.mean(t, grid.hour());
    x[n++] = a - z.mean(t, 3 * grid.hour());
    x[n++] = a - z.mean(t, grid.day());
    // The intercept, in the series' own unit.
    x[n++] = z.mean(t, grid.week());
    return n;
  }

  private static int daily(History z, Grid grid, long t, int h, double a, double[] x, int from) {
    int r = grid.block() / 2;
    int wide = r + grid.hour() / 2;
    int n = from;
    long now = t - grid.day();
    long then = now + h;
    Profile days = grid.lastDays();
    double ahead = z.around(then, r, t);
    double profileAhead = days.at(z, t + h, r, t);
    x[n++] = ahead - z.around(now, r, t);
    x[n++] = a - ahead;
    x[n++] = profileAhead - days.at(z, t, r, t);
    x[n++] = a - profileAhead;
    x[n++] = z.around(then, wide, t) - z.around(now, wide, t);
    return n;
  }

  private static void weekly(History z, Grid grid, long t, int h, double a, double[] x, int from) {
    int r = grid.block() / 2;
    int wide = r + grid.hour() / 2;
    int n = from;
    long now = t - grid.week();
    long then = now + h;
    Profile weeks = grid.lastWeeks();
    double ahead = z.around(then, r, t);
    double profileAhead = weeks.at(z, t + h, r, t);
    x[n++] = ahead - z.around(now, r, t);
    x[n++] = a - ahead;
    x[n++] = z.around(then, wide, t) - z.around(now, wide, t);
    x[n++] = a - profileAhead;
    x[n++] = ahead - z.around(then - grid.block(), r, t);
    x[n++] = z.around(then + grid.block(), r, t) - ahead;
    x[n] = profileAhead - weeks.at(z, t, r, t);
  }
}
