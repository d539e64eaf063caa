// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Spans;
import java.time.Instant;
import java.util.Optional;

/**
 * Which figure of a forecast counts, and when it may.
 *
 * @param quantile the probability that demand stays at or below what is provided for; one of those
 *     the forecaster gives
 * @param gate how good the forecasts must have been of late
 */
public record ForecastUse(double quantile, SkillGate gate) {
  /** Nine times out of ten enough, while better than "as now" and "as yesterday". */
  public static final ForecastUse DEFAULT = new ForecastUse(0.9, new SkillGate(0));

  public ForecastUse {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile: must be between 0 and 1, was: " + quantile);
    }
  }

  /**
   * Returns the demand a forecast asks for, empty if it may not ask for any.
   *
   * @throws IllegalArgumentException if the forecast does not have the quantile
   */
  Optional<Quantity> foreseen(Foresight foresight, Instant now) {
    return switch (foresight.forecast().forecast()) {
      case Forecast.Unknown _ -> Optional.empty();
      case Forecast.Known known ->
          isPast(known, foresight, now) || !gate.lets(foresight.forecast().accuracy())
              ? Optional.empty()
              : Optional.of(Capacity.roundedUp(known.quantile(quantile)));
    };
  }

  private static boolean isPast(Forecast.Known known, Foresight foresight, Instant now) {
    return now.isAfter(known.at().plus(foresight.forecast().horizon()));
  }

  /** Says what {@link #foreseen} found, with the figures. */
  String because(Foresight foresight, Instant now) {
    return switch (foresight.forecast().forecast()) {
      case Forecast.Unknown(String cause) -> "nothing is foreseen: " + cause;
      case Forecast.Known known ->
          isPast(known, foresight, now)
              ? "the forecast was for " + known.at() + ", which is long past"
              : figures(known, foresight.forecast());
    };
  }

  private String figures(Forecast.Known known, ForecastExplanation explained) {
    SkillGate.Verdict skill = gate.judge(explained.accuracy());
    return (skill.mayAct() ? "" : "may not act: ")
        + "quantile %s %s ahead, %s, %s"
            .formatted(
                quantile,
                Spans.text(explained.horizon()),
                skill.reason(),
                known.knowledge().describe());
  }
}
