// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Spans;
import java.time.Instant;

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

  /** What a forecast comes to. */
  sealed interface Verdict {
    String because();

    /** The forecast acts. */
    record Acts(Quantity demand, String because) implements Verdict {}

    /** The forecast changes nothing. */
    record Rests(String because) implements Verdict {}
  }

  /**
   * Judges a forecast by this gate.
   *
   * @throws IllegalArgumentException if the forecast does not have the quantile
   */
  Verdict judge(Foresight foresight, Instant now) {
    return switch (foresight.forecast().forecast()) {
      case Forecast.Unknown(String cause) -> new Verdict.Rests("nothing is foreseen: " + cause);
      case Forecast.Known known -> judge(known, foresight.forecast(), now);
    };
  }

  private Verdict judge(Forecast.Known known, ForecastExplanation explained, Instant now) {
    if (now.isAfter(known.at().plus(explained.horizon()))) {
      return new Verdict.Rests("the forecast was for " + known.at() + ", which is long past");
    }
    SkillGate.Verdict skill = gate.judge(explained.accuracy());
    String figures =
        "quantile %s %s ahead, %s, %s"
            .formatted(
                quantile,
                Spans.text(explained.horizon()),
                skill.reason(),
                known.knowledge().describe());
    return skill.mayAct()
        ? new Verdict.Acts(Capacity.roundedUp(known.quantile(quantile)), figures)
        : new Verdict.Rests("may not act: " + figures);
  }
}
