// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The discounted errors of the forecasts made while running, half forgotten after two days. */
final class AccuracyTracker {
  private static final double HALF_LIFE_DAYS = 2;

  private final double[] quantiles;
  private final double rate;
  private final double[] pinball;
  private final double[] covered;
  private double error;
  private double bias;
  private double naiveError;
  private double errorBesideSeasonal;
  private double seasonalError;
  private long outcomes;
  private long seasonalOutcomes;
  // What was measured last, until there is another outcome.
  private @Nullable Accuracy measured;

  AccuracyTracker(List<Double> quantiles, Grid grid) {
    this.quantiles = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
    this.rate = grid.forgetting(HALF_LIFE_DAYS);
    this.pinball = new double[quantiles.size()];
    this.covered = new double[quantiles.size()];
  }

  void learn(Projection made, double actual) {
    measured = null;
    outcomes++;
    double w = Math.max(rate, 1.0 / outcomes);
    double miss = made.value - actual;
    error += w * (Math.abs(miss) - error);
    bias += w * (miss - bias);
    naiveError += w * (Math.abs(made.naive - actual) - naiveError);
    for (int k = 0; k < quantiles.length; k++) {
      double q = made.quantiles[k];
      pinball[k] += w * (pinball(quantiles[k], actual, q) - pinball[k]);
      covered[k] += w * ((actual <= q ? 1 : 0) - covered[k]);
    }
    if (!Double.isNaN(made.seasonalNaive)) {
      learnSeasonal(Math.abs(miss), Math.abs(made.seasonalNaive - actual));
    }
  }

  private void learnSeasonal(double ours, double seasonal) {
    seasonalOutcomes++;
    double w = Math.max(rate, 1.0 / seasonalOutcomes);
    errorBesideSeasonal += w * (ours - errorBesideSeasonal);
    seasonalError += w * (seasonal - seasonalError);
  }

  /** Returns the loss of saying that {@code actual} stays below {@code q} with probability p. */
  static double pinball(double p, double actual, double q) {
    return actual >= q ? p * (actual - q) : (1 - p) * (q - actual);
  }

  long outcomes() {
    return outcomes;
  }

  Accuracy measured() {
    Accuracy known = measured;
    if (known == null) {
      known = measure();
      measured = known;
    }
    return known;
  }

  private Accuracy measure() {
    List<Accuracy.OfQuantile> bands = new ArrayList<>(quantiles.length);
    for (int k = 0; k < quantiles.length; k++) {
      bands.add(new Accuracy.OfQuantile(quantiles[k], (float) pinball[k], (float) covered[k]));
    }
    return new Accuracy(
        outcomes,
        error,
        bias,
        Accuracy.ratio(error, naiveError, outcomes),
        Accuracy.ratio(errorBesideSeasonal, seasonalError, seasonalOutcomes),
        bands);
  }

  void archive(Archive archive) {
    measured = null;
    archive.of(pinball);
    archive.of(covered);
    error = archive.of(error);
    bias = archive.of(bias);
    naiveError = archive.of(naiveError);
    errorBesideSeasonal = archive.of(errorBesideSeasonal);
    seasonalError = archive.of(seasonalError);
    outcomes = archive.of(outcomes);
    seasonalOutcomes = archive.of(seasonalOutcomes);
  }
}
