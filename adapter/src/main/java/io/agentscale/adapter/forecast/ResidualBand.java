// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * The band the protocol gives a simple method: its forecast plus the empirical quantiles of its own
 * residuals of the last seven days, refreshed hourly.
 */
final class ResidualBand {
  private final List<Double> ps;
  private final double[] residuals;
  private final double[] margins;
  private final int hour;
  private long added;
  private int age;

  ResidualBand(List<Double> ps, int week, int hour) {
    this.ps = ps;
    this.residuals = new double[week];
    this.margins = new double[ps.size()];
    this.hour = hour;
    this.age = hour;
  }

  void add(double residual) {
    residuals[(int) (added % residuals.length)] = residual;
    added++;
  }

  /** Returns the quantiles around a forecast made now. */
  double[] around(double forecast) {
    if (age++ >= hour) {
      refresh();
      age = 1;
    }
    double[] quantiles = new double[margins.length];
    for (int k = 0; k < quantiles.length; k++) {
      quantiles[k] = forecast + margins[k];
    }
    return quantiles;
  }

  private void refresh() {
    double[] sorted = Arrays.copyOf(residuals, (int) Math.min(added, residuals.length));
    // Buckets without a value left no residual.
    sorted = Arrays.stream(sorted).filter(Double::isFinite).sorted().toArray();
    for (int k = 0; k < margins.length; k++) {
      margins[k] = quantile(sorted, ps.get(k));
    }
  }

  private static double quantile(double[] sorted, double p) {
    if (sorted.length == 0) {
      return 0;
    }
    double position = (sorted.length - 1) * p;
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
