// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The present forecast may be the one made for a lesson; it must be what would be made anew. */
final class HorizonModelTest {
  private static final List<Double> QUANTILES = List.of(0.5, 0.9);
  private static final int HORIZON = 7;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 5, 30})
  void present_isAsProjectedAnew(long stepMinutes) {
    Grid grid = Grid.of(Duration.ofMinutes(stepMinutes));
    var model =
        new HorizonModel(
            HORIZON, grid, QUANTILES, new Regression.Workspace(FeatureSet.WEEKLY.size()));
    History history = new History(grid.kept() + 100, grid.kept() + 100);
    var random = new SplittableRandom(stepMinutes);
    long buckets = Math.min(4_000, 9L * grid.day());
    for (int t = 0; t < buckets; t++) {
      if (t > 0 && random.nextInt(20) == 0) {
        history.appendUnknown(history.root(t - 1));
      } else {
        double daily = Math.sin(2 * Math.PI * t / grid.day());
        history.append(50 + 30 * daily + random.nextDouble(10));
      }
      model.onBucket(history);
      Projection anew = new Projection(grid, model.present(history).experts.length, 2);
      model.project(history, t, anew);
      assertSame(model.present(history), anew);
    }
  }

  private static void assertSame(Projection present, Projection anew) {
    assertThat(present.origin).isEqualTo(anew.origin);
    assertThat(figures(present)).isEqualTo(figures(anew));
    assertThat(present.experts).isEqualTo(anew.experts);
    assertThat(present.quantiles).isEqualTo(anew.quantiles);
  }

  /** As an array, in which NaN is NaN. */
  private static double[] figures(Projection made) {
    return new double[] {made.value, made.scale, made.naive, made.seasonalNaive};
  }
}
