// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * "As at this time in earlier periods, corrected by how today differs": {@code S(t+h) + c1 (z(t) -
 * S(t)) + c2 (mean of z - S over the last hour)} for a profile {@code S}.
 *
 * <p>Two coefficients are learned within hours, which is why these win after a change that the
 * large regressions need days to follow.
 */
final class DeviationExpert implements Expert {
  private final Profile profile;
  private final Grid grid;
  private final int h;
  private final int radius;
  private final Regression regression;
  private final double[] x = new double[2];

  DeviationExpert(Profile profile, Grid grid, int h) {
    this.profile = profile;
    this.grid = grid;
    this.h = h;
    this.radius = grid.block() / 2;
    this.regression = new Regression(2, grid);
  }

  @Override
  public boolean isAwake(long t) {
    return profile.isKnown(t - grid.hour());
  }

  @Override
  public double predict(History history, long t) {
    fill(history, t);
    return profile.at(history, t + h, radius, t) + regression.predict(x);
  }

  @Override
  public void learn(History history, long t) {
    fill(history, t);
    regression.learn(x, history.root(t + h) - profile.at(history, t + h, radius, t));
  }

  private void fill(History history, long t) {
    x[0] = history.mean(t, grid.block()) - profile.at(history, t, radius, t);
    x[1] = history.mean(t, grid.hour()) - profile.mean(history, t, grid.hour());
  }

  @Override
  public void archive(Archive archive) {
    regression.archive(archive);
  }
}
