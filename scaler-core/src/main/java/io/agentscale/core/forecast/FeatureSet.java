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

  /** Fills in what this set has beyond the one before it. */
  void fill(History z, Grid grid, OriginFeatures seen, long t, int h, double[] x) {
    switch (this) {
      case SHORT -> shortTerm(z, grid, seen, t, x);
      case DAILY -> daily(z, grid, seen, t, h, x);
      case WEEKLY -> weekly(z, grid, seen, t, h, x);
    }
  }

  private static void shortTerm(History z, Grid grid, OriginFeatures seen, long t, double[] x) {
    int n = 0;
    double a = seen.level();
    x[n++] = seen.root() - a;
    double later = a;
    for (int lag = 1; lag <= LAGS; lag++) {
      double earlier = z.mean(t - (long) lag * grid.block(), grid.block());
      x[n++] = later - earlier;
      later = earlier;
    }
    x[n++] = a - seen.hour();
    x[n++] = a - z.mean(t, 3 * grid.hour());
    x[n++] = a - z.mean(t, grid.day());
    // The intercept, in the series' own unit.
    x[n] = z.mean(t, grid.week());
  }

  private static void daily(History z, Grid grid, OriginFeatures seen, long t, int h, double[] x) {
    int wide = grid.block() / 2 + grid.hour() / 2;
    int n = SHORT.size;
    long now = t - grid.day();
    double a = seen.level();
    double ahead = seen.ahead(Past.YESTERDAY);
    double profileAhead = seen.ahead(Past.LAST_DAYS);
    x[n++] = ahead - seen.now(Past.YESTERDAY);
    x[n++] = a - ahead;
    x[n++] = profileAhead - seen.now(Past.LAST_DAYS);
    x[n++] = a - profileAhead;
    x[n] = z.around(now + h, wide, t) - z.around(now, wide, t);
  }

  private static void weekly(History z, Grid grid, OriginFeatures seen, long t, int h, double[] x) {
    int r = grid.block() / 2;
    int wide = r + grid.hour() / 2;
    int n = DAILY.size;
    long now = t - grid.week();
    long then = now + h;
    double a = seen.level();
    double ahead = seen.ahead(Past.LAST_WEEK);
    double profileAhead = seen.ahead(Past.LAST_WEEKS);
    x[n++] = ahead - seen.now(Past.LAST_WEEK);
    x[n++] = a - ahead;
    x[n++] = z.around(then, wide, t) - z.around(now, wide, t);
    x[n++] = a - profileAhead;
    x[n++] = ahead - z.around(then - grid.block(), r, t);
    x[n++] = z.around(then + grid.block(), r, t) - ahead;
    x[n] = profileAhead - seen.now(Past.LAST_WEEKS);
  }
}
