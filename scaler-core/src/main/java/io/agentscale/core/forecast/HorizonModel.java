// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything known about one horizon: the experts, their combination, the band around it, and how
 * good all that proved to be.
 */
final class HorizonModel {
  private static final double WORTH_IT = 0.95;

  private final int h;
  private final Grid grid;
  private final List<NamedExpert> experts;
  private final Combination combination;
  private final ErrorScale scale;
  private final Band band;
  private final AccuracyTracker accuracy;
  private final Projection[] pending;
  private final Projection present;
  // The one that was asked for last: that of its lesson, where there is one, or the one above.
  private Projection newest;

  /** An expert, its name in explanations, and the rhythm it needs. */
  private record NamedExpert(String name, Seasonality season, Expert expert) {}

  HorizonModel(int h, Grid grid, List<Double> quantiles, Regression.Workspace workspace) {
    this.h = h;
    this.grid = grid;
    this.experts = experts(grid, workspace);
    this.combination = new Combination(experts.size(), grid);
    this.scale = new ErrorScale(grid);
    this.band = new Band(quantiles, grid);
    this.accuracy = new AccuracyTracker(quantiles, grid);
    this.present = new Projection(grid, experts.size(), quantiles.size());
    this.newest = present;
    this.pending =
        Stream.generate(() -> new Projection(grid, experts.size(), quantiles.size()))
            .limit(h / grid.stride() + 1L)
            .toArray(Projection[]::new);
  }

  private static List<NamedExpert> experts(Grid grid, Regression.Workspace workspace) {
    return List.of(
        new NamedExpert("as now", Seasonality.NONE, new Expert.Naive()),
        regression("recent steps", Seasonality.NONE, FeatureSet.SHORT, grid, workspace),
        regression("days regression", Seasonality.DAILY, FeatureSet.DAILY, grid, workspace),
        regression("weeks regression", Seasonality.WEEKLY, FeatureSet.WEEKLY, grid, workspace),
        deviation("as yesterday", Seasonality.DAILY, Past.YESTERDAY, grid, workspace),
        deviation("as the last days", Seasonality.DAILY, Past.LAST_DAYS, grid, workspace),
        deviation("as last week", Seasonality.WEEKLY, Past.LAST_WEEK, grid, workspace),
        deviation("as the last weeks", Seasonality.WEEKLY, Past.LAST_WEEKS, grid, workspace));
  }

  private static NamedExpert regression(
      String name,
      Seasonality season,
      FeatureSet features,
      Grid grid,
      Regression.Workspace workspace) {
    Expert expert = new RegressionExpert(features, grid, workspace);
    return new NamedExpert(name, season, expert);
  }

  private static NamedExpert deviation(
      String name, Seasonality season, Past past, Grid grid, Regression.Workspace workspace) {
    Expert expert = new DeviationExpert(past, grid, workspace);
    return new NamedExpert(name, season, expert);
  }

  /** Learns from the newest bucket, and forecasts from it. */
  void onBucket(History history) {
    long t = history.size() - 1;
    long origin = t - h;
    if (origin >= 0 && origin % grid.stride() == 0) {
      learn(history, origin);
    }
    if (t % grid.stride() == 0) {
      Projection next = pending[slot(t)];
      if (history.isKnown(t)) {
        project(history, t, next);
      } else {
        next.origin = -1;
      }
    }
  }

  private int slot(long origin) {
    return (int) (origin / grid.stride() % pending.length);
  }

  private void learn(History history, long origin) {
    long t = origin + h;
    Projection made = pending[slot(origin)];
    if (!history.isKnown(t) || made.origin != origin) {
      return;
    }
    double actual = history.value(t);
    accuracy.learn(made, actual);
    band.learn(made.value, made.scale, made.quantiles, actual);
    scale.learn(t, actual, actual - made.value);
    combination.learn(made.experts, made.value, actual, t);
    double root = history.root(t);
    for (int k = 0; k < experts.size(); k++) {
      Expert expert = experts.get(k).expert();
      if (expert.isAwake(origin)) {
        expert.learn(made.seen, root);
      }
    }
  }

  /** Returns the forecast from the newest bucket, good until the next bucket. */
  Projection present(History history) {
    long t = history.size() - 1;
    Projection lesson = pending[slot(t)];
    if (lesson.origin == t) {
      // Nothing was learned since.
      newest = lesson;
    } else {
      project(history, t, present);
      newest = present;
    }
    return newest;
  }

  void project(History history, long t, Projection into) {
    into.seen.look(history, t, h);
    double sum = 0;
    int awake = 0;
    for (int k = 0; k < experts.size(); k++) {
      Expert expert = experts.get(k).expert();
      double value = Double.NaN;
      if (expert.isAwake(t)) {
        value = History.squared(history.plausible(expert.predict(into.seen)));
        sum += value;
        awake++;
      }
      into.experts[k] = value;
    }
    into.origin = t;
    into.value = combination.combine(into.experts, t + h);
    into.scale = scale.at(t + h, into.value, spread(into.experts, sum / awake, awake));
    into.naive = history.value(t);
    long yesterday = t + h - grid.day();
    into.seasonalNaive = history.isKnown(yesterday) ? history.value(yesterday) : Double.NaN;
    band.fill(into.value, into.scale, history.floor(), into.quantiles);
  }

  private static double spread(double[] values, double mean, int awake) {
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += Math.abs(value - mean);
      }
    }
    return sum / awake;
  }

  long outcomes() {
    return accuracy.outcomes();
  }

  Accuracy accuracy() {
    return accuracy.measured();
  }

  /** Returns the rhythm that pays: the longest whose best expert errs a twentieth less. */
  Seasonality seasonality(History history) {
    long settled = history.size() - 1 - h - grid.day() / 4;
    double daily = bestError(Seasonality.DAILY, settled);
    if (daily == Double.POSITIVE_INFINITY) {
      return Seasonality.UNDECIDED;
    }
    double none = bestError(Seasonality.NONE, settled);
    double weekly = bestError(Seasonality.WEEKLY, settled);
    if (weekly < WORTH_IT * Math.min(none, daily)) {
      return Seasonality.WEEKLY;
    }
    return Math.min(daily, weekly) < WORTH_IT * none ? Seasonality.DAILY : Seasonality.NONE;
  }

  private double bestError(Seasonality season, long settled) {
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < experts.size(); k++) {
      NamedExpert named = experts.get(k);
      if (named.season() == season && named.expert().isAwake(settled)) {
        best = Math.min(best, combination.lastingError(k));
      }
    }
    return best;
  }

  /** Returns how much each expert counted in the {@link #present} forecast, the largest first. */
  List<ExpertShare> shares() {
    double[] weights = combination.weights(newest.experts, newest.origin + h);
    List<ExpertShare> shares = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      shares.add(new ExpertShare(experts.get(k).name(), weights[k], newest.experts[k]));
    }
    shares.removeIf(share -> Double.isNaN(share.value()));
    shares.sort(Comparator.comparingDouble(ExpertShare::weight).reversed());
    return shares;
  }

  void archive(Archive archive) {
    experts.forEach(named -> named.expert().archive(archive));
    combination.archive(archive);
    scale.archive(archive);
    band.archive(archive);
    accuracy.archive(archive);
    for (Projection projection : pending) {
      projection.archive(archive);
    }
  }
}
