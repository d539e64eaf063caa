// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.List;

/**
 * Calibrated quantiles: {@code forecast + scale x quantile of the last week's scaled residuals},
 * the level asked of the residuals steered so that each quantile covers what it says.
 *
 * <p>Steering is adaptive conformal inference (Gibbs and Candes, 2021): after each outcome the
 * level moves by {@code 0.005 (p - covered)}, so coverage comes right however the residuals drift.
 * While there are few residuals the band is widened, since their extremes are not known yet.
 */
final class Band {
  private static final double STEERING = 0.005;
  // An outcome after hours of silence can be any number of scales away; no quantile needs more.
  private static final double FURTHEST = 50;
  static final int ENOUGH = 30;

  private final double[] wanted;
  private final double[] level;
  private final Residuals residuals;
  private final int every;
  private long lessons;

  Band(List<Double> quantiles, Grid grid) {
    wanted = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
    level = wanted.clone();
    residuals = new Residuals(Math.max(100, grid.week() / grid.block()));
    every = Math.max(1, grid.block() / grid.stride());
  }

  /** Fills {@code into} with the quantiles, in ascending order, none below {@code least}. */
  void fill(double forecast, double scale, double least, double[] into) {
    double previous = least;
    for (int k = 0; k < wanted.length; k++) {
      previous = Math.max(previous, forecast + scale * margin(k));
      // No more digits than there is knowledge: they are kept by the thousand.
      into[k] = (float) previous;
    }
  }

  private double margin(int k) {
    int n = residuals.size();
    if (n == 0) {
      return wanted[k] < 0.5 ? -FURTHEST : FURTHEST;
    }
    double margin = residuals.quantile(level[k]);
    // The extremes of n residuals understate the true ones, by less the larger n.
    return n < ENOUGH ? margin + Math.copySign(3.0 / n, wanted[k] - 0.5) : margin;
  }

  void learn(double forecast, double scale, double[] quantiles, double actual) {
    for (int k = 0; k < wanted.length; k++) {
      double p = wanted[k];
      double covered = actual <= quantiles[k] ? 1 : 0;
      double steered = level[k] + STEERING * (p - covered);
      level[k] = Math.clamp(steered, 0.5 * p, 1 - 0.1 * (1 - p));
    }
    // Residuals closer than ten minutes are much alike; until there are enough, all count.
    if (residuals.size() < ENOUGH || lessons % every == 0) {
      residuals.add((float) Math.clamp((actual - forecast) / scale, -FURTHEST, FURTHEST));
    }
    lessons++;
  }

  void archive(Archive archive) {
    archive.of(level);
    lessons = archive.of(lessons);
    residuals.archive(archive);
  }
}
