// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A 95 % quantile must cover 95 %, also when errors grow; that is all a band is for. */
final class BandTest {
  private static final List<Double> QUANTILES = List.of(0.1, 0.9, 0.95);

  @Test
  void fill_errorsThatGrow_coverWhatTheySay() {
    SplittableRandom random = new SplittableRandom(9);
    Band band = new Band(QUANTILES, Grid.of(Duration.ofMinutes(10)));
    double[] edges = new double[3];
    int[] covered = new int[3];
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      band.fill(0, 1, Double.NEGATIVE_INFINITY, edges);
      double actual = (1 + 4.0 * i / n) * random.nextGaussian();
      for (int k = 0; k < 3; k++) {
        covered[k] += actual <= edges[k] ? 1 : 0;
      }
      band.learn(0, 1, edges, actual);
    }
    for (int k = 0; k < 3; k++) {
      assertThat((double) covered[k] / n).isCloseTo(QUANTILES.get(k), within(0.01));
    }
  }

  @Test
  void fill_fewResiduals_isWiderThanAllOfThem() {
    Band band = new Band(QUANTILES, Grid.of(Duration.ofMinutes(10)));
    double[] edges = new double[3];
    for (int i = 0; i < 5; i++) {
      band.learn(100, 2, new double[] {90, 110, 120}, 100 + i);
    }
    band.fill(100, 2, Double.NEGATIVE_INFINITY, edges);

    assertThat(edges[2]).isGreaterThan(104);
    assertThat(edges[0]).isLessThan(100);
    assertThat(edges).isSorted();
  }

  @Test
  void fill_neverBelowTheLeast() {
    Band band = new Band(QUANTILES, Grid.of(Duration.ofMinutes(10)));
    double[] edges = new double[3];
    band.fill(1, 1, 0, edges);

    assertThat(edges[0]).isZero();
  }
}
