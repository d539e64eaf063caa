// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is foreseen from now until a replica asked for now would be ready, and a step beyond.
 *
 * <p>A forecaster says what the bucket one horizon ahead will bring. The buckets before that one
 * were foreseen in the same way, each a step earlier, and count until they are over: of all of them
 * the highest is what has to be provided for. A forecast by itself would take capacity away as soon
 * as a peak is nearer than the horizon.
 */
public final class Outlook {
  private final Deque<Forecast.Known> ahead = new ArrayDeque<>();

  /**
   * Takes the newest foresight and returns what is to be provided for.
   *
   * @param step the width of the forecaster's buckets
   */
  public Foresight with(Foresight newest, Duration step, Instant now) {
    ahead.removeIf(known -> !known.at().plus(step).isAfter(now));
    if (!(newest.forecast().forecast() instanceof Forecast.Known known)) {
      return newest;
    }
    ahead.removeIf(earlier -> !earlier.at().isBefore(known.at()));
    ahead.addLast(known);
    ForecastExplanation explained = newest.forecast();
    return new Foresight(
        newest.lead(),
        newest.leadSource(),
        new ForecastExplanation(
            explained.horizon(),
            highest(known),
            explained.accuracy(),
            explained.verdict(),
            explained.shares()));
  }

  /** Forgets what was foreseen, as when another forecaster goes on. */
  public void clear() {
    ahead.clear();
  }

  private Forecast.Known highest(Forecast.Known newest) {
    double value = Double.NEGATIVE_INFINITY;
    for (Forecast.Known each : ahead) {
      value = Math.max(value, each.value());
    }
    List<Forecast.Quantile> quantiles = new ArrayList<>(newest.quantiles().size());
    for (int i = 0; i < newest.quantiles().size(); i++) {
      quantiles.add(new Forecast.Quantile(newest.quantiles().get(i).p(), highestQuantile(i)));
    }
    return new Forecast.Known(newest.from(), newest.at(), value, quantiles, newest.knowledge());
  }

  private double highestQuantile(int index) {
    double highest = Double.NEGATIVE_INFINITY;
    for (Forecast.Known each : ahead) {
      highest = Math.max(highest, each.quantiles().get(index).value());
    }
    return highest;
  }
}
