// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One spike, a constant feature or a long run must not spoil the coefficients. */
final class RegressionTest {
  private static final Grid GRID = Grid.of(Duration.ofMinutes(10));

  private static Regression taught(int lessons, double spikes, double unit) {
    SplittableRandom random = new SplittableRandom(11);
    Regression regression = new Regression(3, GRID, new Regression.Workspace(3));
    double[] x = new double[3];
    for (int i = 0; i < lessons; i++) {
      x[0] = unit * random.nextGaussian();
      x[1] = unit * random.nextGaussian();
      double noise = random.nextDouble() < spikes ? 100 : 0.1 * random.nextGaussian();
      regression.learn(x, 2 * x[0] - 0.5 * x[1] + unit * noise);
    }
    return regression;
  }

  @Test
  void learn_findsTheCoefficients() {
    Regression regression = taught(2000, 0, 1);

    assertThat(regression.predict(new double[] {1, 0, 0})).isCloseTo(2, within(0.05));
    assertThat(regression.predict(new double[] {0, 1, 0})).isCloseTo(-0.5, within(0.05));
  }

  @Test
  void learn_spikes_hardlyTiltTheFit() {
    Regression regression = taught(2000, 0.02, 1);

    assertThat(regression.predict(new double[] {1, 0, 0})).isCloseTo(2, within(0.3));
  }

  @Test
  void learn_constantZeroFeature_getsNoCoefficient() {
    assertThat(taught(500, 0, 1).predict(new double[] {0, 0, 1})).isZero();
  }

  @Test
  void learn_anyUnit_sameCoefficients() {
    double[] x = {1, 1, 0};
    double one = taught(500, 0, 1).predict(x);

    assertThat(taught(500, 0, 1e-6).predict(x)).isCloseTo(one, within(1e-6));
    assertThat(taught(500, 0, 1e9).predict(x)).isCloseTo(one, within(1e-6));
  }

  @Test
  void learn_manyYears_staysFinite() {
    assertThat(taught(300_000, 0, 1).predict(new double[] {1, 0, 0})).isCloseTo(2, within(0.05));
  }
}
