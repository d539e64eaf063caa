// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * The weighted mean of several experts, each weighted by how small its errors were of late and at
 * this time of day.
 *
 * <p>Exponentially weighted averaging (Cesa-Bianchi and Lugosi, <i>Prediction, Learning, and
 * Games</i>, 2006, chapter 2) on {@code v = recent + 0.3 x same-time} mean absolute error: weight
 * {@code exp(-10 (v - best) / best)}. An expert asleep is charged the combination's own error, so
 * it neither gains nor loses until it speaks (Freund et al., 1997).
 */
final class Combination {
  private static final double SHARPNESS = 10;
  private static final double RECENT_HALF_LIFE_DAYS = 0.2;
  private static final double LASTING_HALF_LIFE_DAYS = 2;
  private static final double SAME_TIME_SHARE = 0.3;
  // Half-life of four days: a slot is visited once a day.
  private static final double SAME_TIME_RATE = 1 - Math.pow(0.5, 0.25);

  private final int experts;
  private final Grid grid;
  private final double rate;
  private final double slotRate;
  private final double lastingRate;
  private final double[] recent;
  private final double[] lasting;
  private final Errors sameTime;
  // Scratch.
  private final double[] weight;

  Combination(int experts, Grid grid) {
    this.experts = experts;
    this.grid = grid;
    this.rate = grid.forgetting(RECENT_HALF_LIFE_DAYS);
    this.slotRate = SAME_TIME_RATE * grid.stride() / Math.max(grid.stride(), grid.block());
    this.lastingRate = grid.forgetting(LASTING_HALF_LIFE_DAYS);
    this.recent = new double[experts];
    this.lasting = new double[experts];
    this.weight = new double[experts];
    this.sameTime = new Errors(experts * grid.slots());
  }

  /** Returns the combined value for bucket {@code t}; NaN stands for an expert asleep. */
  double combine(double[] values, long t) {
    weigh(values, t);
    double sum = 0;
    for (int k = 0; k < experts; k++) {
      if (weight[k] > 0) {
        sum += weight[k] * values[k];
      }
    }
    return sum;
  }

  /** Returns each expert's share in the combined value for bucket {@code t}; they add up to 1. */
  double[] weights(double[] values, long t) {
    weigh(values, t);
    return weight.clone();
  }

  private void weigh(double[] values, long t) {
    int slot = grid.slot(t) * experts;
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < experts; k++) {
      if (!Double.isNaN(values[k])) {
        best = Math.min(best, loss(k, slot));
      }
    }
    double total = 0;
    for (int k = 0; k < experts; k++) {
      weight[k] = Double.isNaN(values[k]) ? 0 : relativeWeight(loss(k, slot), best);
      total += weight[k];
    }
    for (int k = 0; k < experts; k++) {
      weight[k] /= total;
    }
  }

  private static double relativeWeight(double loss, double best) {
    if (best == 0) {
      return loss == 0 ? 1 : 0;
    }
    return Math.exp(-SHARPNESS * (loss - best) / best);
  }

  private double loss(int k, int slot) {
    return recent[k] + SAME_TIME_SHARE * sameTime.get(slot + k);
  }

  void learn(double[] values, double combined, double actual, long t) {
    int slots = grid.slots();
    int slot = grid.slot(t);
    for (int k = 0; k < experts; k++) {
      double value = Double.isNaN(values[k]) ? combined : values[k];
      double error = Math.abs(actual - value);
      recent[k] += rate * (error - recent[k]);
      lasting[k] += lastingRate * (error - lasting[k]);
      remember(slot, k, error, slotRate);
      remember((slot + 1) % slots, k, error, slotRate / 2);
      remember((slot + slots - 1) % slots, k, error, slotRate / 2);
    }
  }

  private void remember(int slot, int k, double error, double rate) {
    int i = slot * experts + k;
    double known = sameTime.get(i);
    sameTime.set(i, known + rate * (error - known));
  }

  /** Returns an expert's mean absolute error over the last days. */
  double lastingError(int k) {
    return lasting[k];
  }

  void archive(Archive archive) {
    archive.of(recent);
    archive.of(lasting);
    sameTime.archive(archive);
  }
}
