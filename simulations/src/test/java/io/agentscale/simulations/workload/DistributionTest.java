// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A drawing that is a little wrong makes every replay wrong in a way no later test would find. */
final class DistributionTest {

  static Stream<Distribution> all() {
    return Stream.of(
        new Distribution.Constant(3),
        new Distribution.Uniform(5, 30),
        new Distribution.Exponential(2),
        new Distribution.Lognormal(1.34, 0.3),
        new Distribution.Lognormal(2, 1.2),
        new Distribution.Empirical(List.of(9.0, 1.0, 2.0, 4.0)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void next_hasTheMeanAndTheQuantiles(Distribution distribution) {
    var sampler = new Sampler(distribution);
    var random = new RandomStream(1, 0);
    int count = 400_000;
    double[] drawn = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      drawn[i] = sampler.next(random);
      sum += drawn[i];
    }
    assertThat(sum / count)
        .isCloseTo(distribution.meanSeconds(), within(0.012 * distribution.meanSeconds()));
    for (double p : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
      double quantile = distribution.quantileSeconds(p);
      double above = 0;
      for (double value : drawn) {
        above += value > quantile + 1e-9 ? 1 : 0;
      }
      assertThat(above / count).isLessThanOrEqualTo(1 - p + 0.003);
    }
  }

  @Test
  void normalQuantile_isThatOfTables() {
    assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-9));
    assertThat(Normal.quantile(0.975)).isCloseTo(1.959963985, within(1e-8));
    assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306, within(1e-8));
    assertThatIllegalArgumentException().isThrownBy(() -> Normal.quantile(1));
  }

  @Test
  void poisson_hasMeanAndVariance() {
    for (double mean : new double[] {0.02, 1, 5, 11.9, 12.1, 50, 700}) {
      var poisson = new Poisson(new RandomStream(7, 3));
      int count = 300_000;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        double drawn = poisson.next(mean);
        sum += drawn;
        squares += drawn * drawn;
      }
      double average = sum / count;
      double error = 5 * Math.sqrt(mean / count);
      assertThat(average).as("mean %s", mean).isCloseTo(mean, within(error));
      assertThat(squares / count - average * average)
          .as("variance at %s", mean)
          .isCloseTo(mean, within(0.02 * mean));
    }
    assertThat(new Poisson(new RandomStream(1, 0)).next(0)).isZero();
  }

  @Test
  void streams_ofOneSeed_differ() {
    var one = new RandomStream(5, 0);
    var other = new RandomStream(5, 1);
    var again = new RandomStream(5, 0);
    assertThat(one.nextLong()).isNotEqualTo(other.nextLong()).isEqualTo(again.nextLong());
    for (int i = 0; i < 1000; i++) {
      assertThat(one.nextInt(7)).isBetween(0, 6);
      assertThat(one.nextDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
    }
  }

  @Test
  void construct_impossibleTimes_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Uniform(5, 4))
        .withMessageContaining("mostSeconds");
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution.Constant(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution.Lognormal(1, -0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution.Empirical(List.of()));
  }
}
