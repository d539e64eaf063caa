// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * A direct {@code h}-step autoregression on increments: {@code z(t+h) - z(t)} from a {@link
 * FeatureSet}.
 */
final class RegressionExpert implements Expert {
  private final FeatureSet features;
  private final Grid grid;
  private final int h;
  private final Regression regression;
  private final double[] x;

  RegressionExpert(FeatureSet features, Grid grid, int h) {
    this.features = features;
    this.grid = grid;
    this.h = h;
    this.regression = new Regression(features.size(), grid);
    this.x = new double[features.size()];
  }

  @Override
  public boolean isAwake(long t) {
    return t >= features.warmUp(grid);
  }

  @Override
  public double predict(History history, long t) {
    features.fill(history, grid, t, h, x);
    return history.mean(t, grid.block()) + regression.predict(x);
  }

  @Override
  public void learn(History history, long t) {
    features.fill(history, grid, t, h, x);
    regression.learn(x, history.root(t + h) - history.mean(t, grid.block()));
  }

  @Override
  public void archive(Archive archive) {
    regression.archive(archive);
  }
}
