// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to forecast.
 *
 * @param step the width of a bucket, whose mean is the value; empty to infer it from the samples
 * @param absence what a bucket without samples means
 * @param horizons how far ahead: the bucket that ends at most this long after the newest one
 * @param quantiles probabilities in ascending order
 * @param patience how old the newest bucket may be for a forecast still to be made of it
 */
public record ForecastSettings(
    Optional<Duration> step,
    Absence absence,
    List<Duration> horizons,
    List<Double> quantiles,
    Duration patience) {
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(10);
  static final Duration LONGEST_STEP = Duration.ofHours(3);

  public ForecastSettings {
    horizons = List.copyOf(horizons);
    quantiles = List.copyOf(quantiles);
    step.ifPresent(
        s ->
            require(
                s.compareTo(SHORTEST_STEP) >= 0
                    && s.compareTo(LONGEST_STEP) <= 0
                    && s.equals(Duration.ofSeconds(s.toSeconds())),
                "step: must be whole seconds from 10s to 3h, was: " + s));
    require(!horizons.isEmpty(), "horizons: must not be empty");
    for (Duration horizon : horizons) {
      require(
          horizon.isPositive() && horizon.compareTo(Duration.ofDays(1)) <= 0,
          "horizon: must be above 0 and at most a day, was: " + horizon);
      Duration least = step.orElse(Duration.ZERO);
      require(
          horizon.compareTo(least) >= 0,
          "horizon: must be at least one step of " + least + ", was: " + horizon);
    }
    double previous = 0;
    for (double p : quantiles) {
      require(p > previous && p < 1, "quantiles: must ascend between 0 and 1, were: " + quantiles);
      previous = p;
    }
    require(!patience.isNegative(), "patience: must not be negative, was: " + patience);
  }

  /** Returns settings that infer the step and leave unknown what is absent. */
  public static ForecastSettings of(Duration... horizons) {
    return new ForecastSettings(
        Optional.empty(),
        Absence.UNKNOWN,
        List.of(horizons),
        List.of(0.5, 0.8, 0.9, 0.95, 0.99),
        Duration.ofMinutes(15));
  }

  public ForecastSettings withStep(Duration value) {
    return new ForecastSettings(Optional.of(value), absence, horizons, quantiles, patience);
  }

  public ForecastSettings withAbsence(Absence value) {
    return new ForecastSettings(step, value, horizons, quantiles, patience);
  }

  public ForecastSettings withQuantiles(Double... values) {
    return new ForecastSettings(step, absence, horizons, List.of(values), patience);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
