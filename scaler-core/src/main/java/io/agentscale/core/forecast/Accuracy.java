// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How good one horizon's forecasts were of late, measured on outcomes they did not know.
 *
 * @param outcomes how many forecasts met their outcome
 * @param meanAbsoluteError in the series' unit
 * @param bias the mean of forecast minus outcome, in the series' unit: above 0 is too high
 * @param againstNaive our mean absolute error over that of "as now"; empty until measured
 * @param againstSeasonalNaive the same over that of "as yesterday at this time"
 * @param quantiles one a quantile, in ascending order
 */
public record Accuracy(
    long outcomes,
    double meanAbsoluteError,
    double bias,
    OptionalDouble againstNaive,
    OptionalDouble againstSeasonalNaive,
    List<OfQuantile> quantiles) {

  /** Nothing measured yet. */
  static final Accuracy NONE =
      new Accuracy(0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of());

  /** Fewer outcomes than this say nothing. */
  private static final long ENOUGH = 24;

  public Accuracy {
    quantiles = List.copyOf(quantiles);
  }

  /**
   * How good one quantile was.
   *
   * @param p the probability it stands for
   * @param pinball its mean pinball loss, in the series' unit, to seven digits
   * @param coverage the share of outcomes at or below it, ideally {@code p}, to seven digits
   */
  public record OfQuantile(double p, double pinball, double coverage) {}

  static OptionalDouble ratio(double ours, double theirs, long outcomes) {
    boolean isMeasured = outcomes >= ENOUGH && theirs > 0;
    return isMeasured ? OptionalDouble.of(ours / theirs) : OptionalDouble.empty();
  }

  /**
   * Returns the part of the error saved over the better of "as now" and "as yesterday": 1 is
   * perfect, 0 no better, below 0 worse; empty while unmeasured.
   */
  public OptionalDouble skill() {
    if (againstNaive.isEmpty()) {
      return OptionalDouble.empty();
    }
    double worst = Math.max(againstNaive.getAsDouble(), againstSeasonalNaive.orElse(0));
    return OptionalDouble.of(1 - worst);
  }
}
