// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.time.Duration;
import java.util.List;

/** One series on a fixed grid of buckets: its history, and a model for each horizon. */
final class SeriesModel {
  private final Grid grid;
  private final History history;
  private final HorizonModel[] models;
  private long firstBucket;
  private long lastKnown = -1;

  SeriesModel(Duration step, List<Duration> horizons, List<Double> quantiles, long firstBucket) {
    this.grid = Grid.of(step);
    this.firstBucket = firstBucket;
    int furthest = horizons.stream().mapToInt(horizon -> steps(horizon, step)).max().orElseThrow();
    int spare = furthest + 2 * grid.hour();
    this.history = new History(grid.exact() + spare, grid.kept() + spare);
    var workspace = new Regression.Workspace(FeatureSet.WEEKLY.size());
    this.models =
        horizons.stream()
            .map(horizon -> new HorizonModel(steps(horizon, step), grid, quantiles, workspace))
            .toArray(HorizonModel[]::new);
  }

  /** Returns the whole steps in a horizon; a day and its fraction are a step less than a day. */
  static int steps(Duration horizon, Duration step) {
    return Math.toIntExact(Math.max(1, horizon.toSeconds() / step.toSeconds()));
  }

  Duration step() {
    return grid.step();
  }

  History history() {
    return history;
  }

  HorizonModel model(int horizon) {
    return models[horizon];
  }

  /** Returns the bucket, in steps since the epoch, that comes next. */
  long nextBucket() {
    return firstBucket + history.size();
  }

  /** Tells whether so much is missing that nothing kept would be left of the series. */
  boolean isLost(long bucket) {
    return bucket - nextBucket() > grid.kept();
  }

  void append(double value) {
    lastKnown = history.size();
    history.append(value);
    learn();
  }

  void appendUnknown() {
    history.appendUnknown(standIn());
    learn();
  }

  private void learn() {
    for (HorizonModel model : models) {
      model.onBucket(history);
    }
  }

  /** The last known value for an hour, then what the last days were like at this time. */
  private double standIn() {
    long t = history.size();
    Profile days = grid.lastDays();
    boolean isShort = t - lastKnown <= grid.hour();
    return isShort || !days.isKnown(t)
        ? history.root(t - 1)
        : days.at(history, t, grid.block() / 2, t - 1);
  }

  Duration observed() {
    long kept = Math.min(history.size(), grid.kept());
    return Duration.ofSeconds(grid.step().toSeconds() * kept);
  }

  void archive(Archive archive) {
    firstBucket = archive.of(firstBucket);
    lastKnown = archive.of(lastKnown);
    history.archive(archive);
    for (HorizonModel model : models) {
      model.archive(archive);
    }
  }
}
