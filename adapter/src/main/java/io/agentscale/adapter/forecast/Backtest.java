// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import io.agentscale.core.forecast.Absence;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastSettings;
import io.agentscale.core.forecast.Forecaster;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Scores forecasts of a recorded series as if made while it happened.
 *
 * <p>Protocol: one forecast at every bucket for every horizon, none knowing a later bucket. The
 * first 8 days (14 where the series has 21 or more) only warm up; everything after is scored. The
 * scale of MASE, as in the M4 competition, is the mean absolute error of the daily seasonal naive
 * inside the warm-up. Buckets without a value are neither origin nor outcome.
 */
final class Backtest {
  /** The quantiles of the protocol. */
  static final List<Double> QUANTILES = List.of(0.9, 0.95);

  private final Series series;
  private final List<Duration> horizons;
  private final List<Double> quantiles;
  private final int day;
  private final int warmUp;
  private final double scale;
  private final List<Horizon> tracked = new ArrayList<>();

  /**
   * Prepares a run.
   *
   * @param quantiles the quantiles to forecast and score, ascending
   * @throws IllegalArgumentException if the series is too short to be scored
   */
  Backtest(Series series, List<Duration> horizons, List<Double> quantiles) {
    this.series = series;
    this.quantiles = quantiles;
    this.horizons = horizons;
    this.day = series.steps(Duration.ofDays(1));
    int length = series.length();
    this.warmUp = (length < 21 * day ? 8 : 14) * day;
    int furthest = horizons.stream().mapToInt(series::steps).max().orElseThrow();
    if (length <= warmUp + furthest) {
      throw new IllegalArgumentException(
          "%s: must be longer than the 8 days of warm-up and the horizon, has %d buckets of %s"
              .formatted(series.name(), length, series.step()));
    }
    this.scale = scale();
    horizons.forEach(horizon -> tracked.add(new Horizon(horizon)));
  }

  private double scale() {
    double sum = 0;
    int n = 0;
    for (int i = day; i < warmUp; i++) {
      double error = Math.abs(series.value(i) - series.value(i - day));
      if (Double.isFinite(error)) {
        sum += error;
        n++;
      }
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          series.name()
              + ": the warm-up must vary from day to day, every value repeats or is absent");
    }
    return sum / n;
  }

  /**
   * One forecast scored, or made in the warm-up.
   *
   * @param horizon its index among the horizons
   * @param target the bucket it is for
   * @param value the forecast
   * @param lower the lowest quantile
   * @param upper the highest
   */
  record Made(int horizon, int target, double value, double lower, double upper) {}

  /** One horizon's result beside the simple methods'. */
  record Result(Duration horizon, Score ours, Score naive, Score seasonalNaive) {}

  /**
   * Runs over the whole series, telling how many buckets are done and what was forecast.
   *
   * @throws IllegalArgumentException if nothing could be scored
   */
  List<Result> run(IntConsumer progress, Consumer<Made> forecasts) {
    Forecaster forecaster =
        new Forecaster(
            new ForecastSettings(
                Optional.of(series.step()),
                Absence.UNKNOWN,
                horizons,
                quantiles,
                series.step().multipliedBy(3)));
    for (int t = 0; t < series.length(); t++) {
      if (Double.isFinite(series.value(t))) {
        forecaster.observe(new Sample(series.value(t), series.at(t)));
        Instant now = series.at(t + 1);
        for (int k = 0; k < horizons.size(); k++) {
          int target = t + tracked.get(k).h;
          if (forecaster.forecast(now, horizons.get(k)) instanceof Forecast.Known known) {
            double[] edges =
                known.quantiles().stream().mapToDouble(Forecast.Quantile::value).toArray();
            tracked.get(k).add(t, known.value(), edges);
            forecasts.accept(new Made(k, target, known.value(), edges[0], edges[edges.length - 1]));
          }
        }
      }
      progress.accept(t + 1);
    }
    List<Result> results = tracked.stream().map(Horizon::result).toList();
    for (Result result : results) {
      if (result.ours().origins() == 0) {
        throw new IllegalArgumentException(
            "%s: must have values after the %d days of warm-up, has none"
                .formatted(series.name(), warmUp / day));
      }
    }
    return results;
  }

  /** The scores of one horizon. */
  private final class Horizon {
    private final Duration horizon;
    private final int h;
    private final Scorer ours = new Scorer(scale, quantiles);
    private final Scorer naive = new Scorer(scale, quantiles);
    private final Scorer seasonal = new Scorer(scale, quantiles);
    private final ResidualBand naiveBand;
    private final ResidualBand seasonalBand;

    Horizon(Duration horizon) {
      this.horizon = horizon;
      this.h = series.steps(horizon);
      int hour = series.steps(Duration.ofHours(1));
      this.naiveBand = new ResidualBand(quantiles, 7 * day, hour);
      this.seasonalBand = new ResidualBand(quantiles, 7 * day, hour);
    }

    void add(int t, double forecast, double[] edges) {
      naiveBand.add(series.value(t) - past(t - h));
      seasonalBand.add(series.value(t) - past(t - day));
      int target = t + h;
      if (t < warmUp || target >= series.length()) {
        return;
      }
      double asNow = series.value(t);
      double asYesterday = Double.isFinite(past(target - day)) ? past(target - day) : asNow;
      double[] naiveEdges = naiveBand.around(asNow);
      double[] seasonalEdges = seasonalBand.around(asYesterday);
      double actual = series.value(target);
      if (Double.isFinite(actual)) {
        ours.add(actual, forecast, edges);
        naive.add(actual, asNow, naiveEdges);
        seasonal.add(actual, asYesterday, seasonalEdges);
      }
    }

    private double past(int i) {
      return i < 0 ? Double.NaN : series.value(i);
    }

    Result result() {
      return new Result(horizon, ours.score(), naive.score(), seasonal.score());
    }
  }
}
