// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.time.Duration;
import java.util.List;

/**
 * Why a forecast says what it says, and whether it may act.
 *
 * @param horizon how far ahead
 * @param forecast the forecast itself
 * @param accuracy how good this horizon's forecasts were of late
 * @param verdict whether they have earned the right to act
 * @param shares what each expert said and how much it counted, the largest share first
 */
public record ForecastExplanation(
    Duration horizon,
    Forecast forecast,
    Accuracy accuracy,
    SkillGate.Verdict verdict,
    List<ExpertShare> shares) {
  public ForecastExplanation {
    shares = List.copyOf(shares);
  }
}
