// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.List;
import java.util.Optional;

/**
 * What a policy would have done.
 *
 * @param replicas that there would have been, step by step
 * @param decisions every one of them, from where scoring begins
 * @param forecast how good its forecasts were, history included
 */
public record Replayed(
    Replicas replicas, List<DecisionRow> decisions, Optional<ForecastScore> forecast) {
  public Replayed {
    decisions = List.copyOf(decisions);
  }
}
