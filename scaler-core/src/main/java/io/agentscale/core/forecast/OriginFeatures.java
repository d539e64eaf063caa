// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * What there is to see from one origin, {@code h} steps before what is to be foreseen: looked up
 * once for all experts, and kept for when they learn what came. Reused, so that nothing is made.
 */
final class OriginFeatures {
  private static final Past[] PASTS = Past.values();
  private static final FeatureSet[] SETS = FeatureSet.values();

  private final Grid grid;
  private final double[] now = new double[PASTS.length];
  private final double[] lastHour = new double[PASTS.length];
  private final double[] ahead = new double[PASTS.length];
  private final double[] features = new double[FeatureSet.WEEKLY.size()];
  private double root;
  private double level;
  private double hour;

  OriginFeatures(Grid grid) {
    this.grid = grid;
  }

  /** Looks from origin {@code t} at all that its history is long enough for. */
  void look(History history, long t, int h) {
    root = history.root(t);
    level = history.mean(t, grid.block());
    hour = history.mean(t, grid.hour());
    int radius = grid.block() / 2;
    for (Past past : PASTS) {
      Profile profile = grid.profile(past);
      if (profile.isKnown(t - grid.hour())) {
        int i = past.place();
        now[i] = profile.at(history, t, radius, t);
        lastHour[i] = profile.mean(history, t, grid.hour());
        ahead[i] = profile.at(history, t + h, radius, t);
      }
    }
    for (FeatureSet set : SETS) {
      if (t >= set.warmUp(grid)) {
        set.fill(history, grid, this, t, h, features);
      }
    }
  }

  /** Returns the newest root. */
  double root() {
    return root;
  }

  /** Returns the mean root of the last ten minutes. */
  double level() {
    return level;
  }

  /** Returns the mean root of the last hour. */
  double hour() {
    return hour;
  }

  /** Returns what the past was like at this time. */
  double now(Past past) {
    return now[past.place()];
  }

  /** Returns what the past was like during the hour that ends at this time. */
  double lastHour(Past past) {
    return lastHour[past.place()];
  }

  /** Returns what the past was like at the time to be foreseen. */
  double ahead(Past past) {
    return ahead[past.place()];
  }

  /** Returns the features; the first ones are those of the smaller sets. */
  double[] features() {
    return features;
  }

  void archive(Archive archive) {
    archive.of(now);
    archive.of(lastHour);
    archive.of(ahead);
    archive.of(features);
    root = archive.of(root);
    level = archive.of(level);
    hour = archive.of(hour);
  }
}
