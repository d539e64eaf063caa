// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import java.time.Duration;

/**
 * How an autoscaler forecasts during a replay.
 *
 * @param signal what is forecast
 * @param step the width of the forecaster's buckets
 * @param lead from asking for a replica to its being ready
 * @param leadSource how the lead is known, such as "configured"
 */
public record ForecastPlan(Signal signal, Duration step, Duration lead, String leadSource) {
  public ForecastPlan {
    if (signal == Signal.SERVED_DEMAND || signal == Signal.LATENCY_P99_SECONDS) {
      throw new IllegalArgumentException(
          "signal: must be a demand to forecast, was: " + signal.text());
    }
    if (!lead.isPositive() || lead.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("lead: must be above 0 and at most a day, was: " + lead);
    }
  }

  /** Returns the horizon: the lead, but no less than a step. */
  Duration horizon() {
    return lead.compareTo(step) >= 0 ? lead : step;
  }
}
