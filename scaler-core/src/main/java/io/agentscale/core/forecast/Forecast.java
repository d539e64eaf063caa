// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is foreseen for one moment; not knowing is an answer, never a zero. */
public sealed interface Forecast {

  /**
   * A value foreseen.
   *
   * @param from the start of the newest bucket it is based on
   * @param at the start of the bucket it is for
   * @param value the middle: as often too high as too low
   * @param quantiles in ascending order
   * @param knowledge how much stands behind it
   */
  record Known(
      Instant from, Instant at, double value, List<Quantile> quantiles, Knowledge knowledge)
      implements Forecast {
    public Known {
      quantiles = List.copyOf(quantiles);
    }

    /** Returns the value not exceeded with probability {@code p}, one of the configured ones. */
    public double quantile(double p) {
      for (Quantile quantile : quantiles) {
        if (quantile.p() == p) {
          return quantile.value();
        }
      }
      throw new IllegalArgumentException(
          "quantile: must be one of the configured " + quantiles + ", was: " + p);
    }
  }

  /**
   * Nothing can be foreseen.
   *
   * @param cause what is missing
   */
  record Unknown(String cause) implements Forecast {}

  /**
   * A value and the probability that the outcome does not exceed it.
   *
   * @param p between 0 and 1
   * @param value in the series' unit, to seven digits
   */
  record Quantile(double p, double value) {}

  /**
   * How much stands behind a forecast.
   *
   * @param history the time observed so far, as far as it is kept
   * @param outcomes how many earlier forecasts for this horizon met their outcome
   * @param seasonality the rhythm found so far
   */
  record Knowledge(Duration history, long outcomes, Seasonality seasonality) {

    /** Says it in words. */
    public String describe() {
      String season =
          switch (seasonality) {
            case UNDECIDED -> "too little to tell a daily rhythm";
            case NONE -> "no daily or weekly rhythm found";
            case DAILY -> "daily rhythm";
            case WEEKLY -> "weekly rhythm";
          };
      String band =
          outcomes < Band.ENOUGH
              ? "band widened, only " + outcomes + " forecasts checked"
              : outcomes + " forecasts checked";
      return "%s of history, %s, %s".formatted(inWords(history), season, band);
    }

    private static String inWords(Duration span) {
      if (span.compareTo(Duration.ofDays(2)) >= 0) {
        return span.toDays() + " days";
      }
      return span.toHours() >= 2 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
    }
  }
}
