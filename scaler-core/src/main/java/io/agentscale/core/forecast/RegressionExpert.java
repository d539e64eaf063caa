// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** A direct autoregression on increments: {@code z(t+h) - z(t)} from a {@link FeatureSet}. */
final class RegressionExpert implements Expert {
  private final long warmUp;
  private final Regression regression;

  RegressionExpert(FeatureSet features, Grid grid, Regression.Workspace workspace) {
    this.warmUp = features.warmUp(grid);
    this.regression = new Regression(features.size(), grid, workspace);
  }

  @Override
  public boolean isAwake(long t) {
    return t >= warmUp;
  }

  @Override
  public double predict(OriginFeatures seen) {
    return seen.level() + regression.predict(seen.features());
  }

  @Override
  public void learn(OriginFeatures seen, double root) {
    regression.learn(seen.features(), root - seen.level());
  }

  @Override
  public void archive(Archive archive) {
    regression.archive(archive);
  }
}
