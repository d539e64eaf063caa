// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.Seasonality;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Small policies and what they see. */
final class PolicyFixture {
  /** A Thursday at 10:00 in UTC, inside the windows of {@link #workday}. */
  static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

  static final Duration LEAD = Duration.ofMinutes(10);

  private PolicyFixture() {}

  static Schedule workday(String name, Target target) {
    return new Schedule(
        name,
        ZoneId.of("UTC"),
        new Start.Recurring(Cron.parse("0 9 * * *")),
        new End.After(Duration.ofHours(9)),
        target,
        Duration.ZERO,
        List.of());
  }

  static SchedulePlan plan(int min, int max, Schedule... schedules) {
    return new SchedulePlan(new Baseline(min, max), List.of(schedules), Map.of());
  }

  /** Bounds 2 to 40, 12 a replica. */
  static PolicySettings settings(Schedule... schedules) {
    return PolicySettings.of(Quantity.of(12), plan(2, 40, schedules));
  }

  static LiveDemand known(double demand, Instant at) {
    return new LiveDemand.Known(Quantity.of(demand), at, "prometheus");
  }

  static LiveDemand unknown() {
    return new LiveDemand.Unknown("prometheus", "connection refused");
  }

  /** A forecast whose 0.9 quantile is {@code value}, with the given share of error saved. */
  static Foresight foresight(double value, OptionalDouble skill, Instant now) {
    OptionalDouble ratio =
        skill.isPresent() ? OptionalDouble.of(1 - skill.getAsDouble()) : OptionalDouble.empty();
    Accuracy accuracy = new Accuracy(100, 1, 0, ratio, ratio, List.of());
    Forecast forecast =
        new Forecast.Known(
            now.minus(LEAD),
            now,
            value * 0.8,
            List.of(new Forecast.Quantile(0.5, value * 0.8), new Forecast.Quantile(0.9, value)),
            new Forecast.Knowledge(Duration.ofDays(9), 1000, Seasonality.DAILY));
    return foresight(forecast, accuracy);
  }

  static Foresight foresight(Forecast forecast, Accuracy accuracy) {
    return new Foresight(
        LEAD,
        "configured",
        new ForecastExplanation(
            LEAD, forecast, accuracy, new SkillGate(0).judge(accuracy), List.of()));
  }
}
