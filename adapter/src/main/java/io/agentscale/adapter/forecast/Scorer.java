// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.util.ArrayList;
import java.util.List;

/** Adds up one method's errors at one horizon. */
final class Scorer {
  private final double scale;
  private final double[] ps;
  private final double[] pinball;
  private final int[] covered;
  private int origins;
  private double error;
  private double percentage;

  /**
   * Makes a scorer.
   *
   * @param scale the error that counts as 1
   * @param ps the quantiles to score
   */
  Scorer(double scale, List<Double> ps) {
    this.scale = scale;
    this.ps = ps.stream().mapToDouble(Double::doubleValue).toArray();
    this.pinball = new double[ps.size()];
    this.covered = new int[ps.size()];
  }

  void add(double actual, double forecast, double[] quantiles) {
    origins++;
    double miss = Math.abs(actual - forecast);
    error += miss;
    double size = Math.abs(actual) + Math.abs(forecast);
    percentage += size == 0 ? 0 : 200 * miss / size;
    for (int k = 0; k < ps.length; k++) {
      double q = quantiles[k];
      pinball[k] += actual >= q ? ps[k] * (actual - q) : (1 - ps[k]) * (q - actual);
      covered[k] += actual <= q ? 1 : 0;
    }
  }

  Score score() {
    List<Score.OfQuantile> quantiles = new ArrayList<>();
    for (int k = 0; k < ps.length; k++) {
      quantiles.add(
          new Score.OfQuantile(
              ps[k], pinball[k] / (origins * scale), (double) covered[k] / origins));
    }
    return new Score(origins, error / (origins * scale), percentage / origins, quantiles);
  }
}
