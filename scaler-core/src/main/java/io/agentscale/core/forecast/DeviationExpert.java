// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * "As at this time in earlier periods, corrected by how today differs": {@code S(t+h) + c1 (z(t) -
 * S(t)) + c2 (mean of z - S over the last hour)} for a profile {@code S} of the past.
 *
 * <p>Two coefficients are learned within hours, which is why these win after a change that the
 * large regressions need days to follow.
 */
final class DeviationExpert implements Expert {
  private final Past past;
  private final Profile profile;
  private final int hour;
  private final Regression regression;
  private final double[] x = new double[2];

  DeviationExpert(Past past, Grid grid, Regression.Workspace workspace) {
    this.past = past;
    this.profile = grid.profile(past);
    this.hour = grid.hour();
    this.regression = new Regression(x.length, grid, workspace);
  }

  @Override
  public boolean isAwake(long t) {
    return profile.isKnown(t - hour);
  }

  @Override
  public double predict(OriginFeatures seen) {
    fill(seen);
    return seen.ahead(past) + regression.predict(x);
  }

  @Override
  public void learn(OriginFeatures seen, double root) {
    fill(seen);
    regression.learn(x, root - seen.ahead(past));
  }

  private void fill(OriginFeatures seen) {
    x[0] = seen.level() - seen.now(past);
    x[1] = seen.hour() - seen.lastHour(past);
  }

  @Override
  public void archive(Archive archive) {
    regression.archive(archive);
  }
}
