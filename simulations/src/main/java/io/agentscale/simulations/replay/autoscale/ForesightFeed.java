// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.ForecastSettings;
import io.agentscale.core.forecast.Forecaster;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.Outlook;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Feeds scrapes to a forecaster and keeps its newest forecast, which changes once a bucket. */
final class ForesightFeed {
  private final ForecastPlan plan;
  private final ForecastUse use;
  private final Duration horizon;
  private final Forecaster forecaster;
  private final Outlook outlook = new Outlook();
  private @Nullable Foresight newest;
  private long bucket = Long.MIN_VALUE;

  ForesightFeed(ForecastPlan plan, ForecastUse use) {
    this.plan = plan;
    this.use = use;
    horizon = plan.horizon();
    ForecastSettings settings = ForecastSettings.of(horizon).withStep(plan.step());
    forecaster =
        new Forecaster(
            use.quantile() == 0.5
                ? settings.withQuantiles(0.5)
                : use.quantile() > 0.5
                    ? settings.withQuantiles(0.5, use.quantile())
                    : settings.withQuantiles(use.quantile(), 0.5));
  }

  /** Takes what is new and returns what is foreseen now. */
  Optional<Foresight> look(ClusterView view) {
    for (LoadSample sample : view.newLoads()) {
      double value = sample.of(plan.signal());
      if (!Double.isNaN(value)) {
        forecaster.observe(new Sample(value, view.at(sample.atSeconds())));
      }
    }
    Instant now = view.now();
    long current = Math.floorDiv(now.getEpochSecond(), plan.step().toSeconds());
    if (current != bucket) {
      bucket = current;
      newest =
          outlook.with(
              new Foresight(plan.lead(), plan.leadSource(), foreseen(now)), plan.step(), now);
    }
    return Optional.ofNullable(newest);
  }

  /** Forgets what was foreseen for the steps before the horizon. */
  void restart() {
    outlook.clear();
    newest = null;
    bucket = Long.MIN_VALUE;
  }

  /** As the forecaster explains it, but for the experts' shares, which no decision reads. */
  private ForecastExplanation foreseen(Instant now) {
    Forecast forecast = forecaster.forecast(now, horizon);
    if (!(forecast instanceof Forecast.Known)) {
      return forecaster.explain(now, horizon, use.gate());
    }
    Accuracy accuracy = forecaster.accuracy(horizon).orElseThrow();
    return new ForecastExplanation(
        horizon, forecast, accuracy, use.gate().judge(accuracy), List.of());
  }

  Optional<ForecastScore> score() {
    return forecaster.accuracy(horizon).map(this::score);
  }

  private ForecastScore score(Accuracy accuracy) {
    Optional<Double> skill =
        accuracy.skill().isPresent()
            ? Optional.of(accuracy.skill().getAsDouble())
            : Optional.empty();
    double coverage =
        accuracy.quantiles().stream()
            .filter(quantile -> quantile.p() == use.quantile())
            .mapToDouble(Accuracy.OfQuantile::coverage)
            .findFirst()
            .orElse(0);
    return new ForecastScore(accuracy.outcomes(), skill, coverage);
  }
}
