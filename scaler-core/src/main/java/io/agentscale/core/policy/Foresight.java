// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.ForecastExplanation;
import java.time.Duration;

/**
 * The demand foreseen for when a replica asked for now would be ready.
 *
 * @param lead the time from asking for a replica to its being ready
 * @param leadSource how the lead is known, such as "p90 created to Ready"
 * @param forecast at the horizon that stands for the lead, with its accuracy
 */
public record Foresight(Duration lead, String leadSource, ForecastExplanation forecast) {
  public Foresight {
    Positive.require("lead", lead);
  }
}
