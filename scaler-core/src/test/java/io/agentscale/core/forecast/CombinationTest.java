// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The combination must follow whoever is right, also when that depends on the hour. */
final class CombinationTest {
  private static final Grid GRID = Grid.of(Duration.ofMinutes(10));

  @Test
  void combine_oneExpertRight_followsIt() {
    Combination combination = new Combination(3, GRID);
    double[] values = {1, 2, 9};
    for (int t = 0; t < 100; t++) {
      combination.learn(values, combination.combine(values, t), 2, t);
    }
    assertThat(combination.combine(values, 100)).isCloseTo(2, within(1e-6));
  }

  @Test
  void combine_nothingLearned_isThePlainMean() {
    assertThat(new Combination(2, GRID).combine(new double[] {1, 3}, 0)).isEqualTo(2);
  }

  @Test
  void combine_sleepingExpert_isLeftOutAndNotPunished() {
    Combination combination = new Combination(2, GRID);
    for (int t = 0; t < 100; t++) {
      double[] values = {5, Double.NaN};
      double combined = combination.combine(values, t);
      assertThat(combined).isEqualTo(5);
      combination.learn(values, combined, 6, t);
    }
    assertThat(combination.combine(new double[] {5, 6}, 100)).isCloseTo(5.5, within(1e-9));
  }

  @Test
  void combine_expertsRightAtDifferentTimes_followsEachAtItsTime() {
    Combination combination = new Combination(2, GRID);
    double[] values = {0, 10};
    for (int t = 0; t < 10 * GRID.day(); t++) {
      double actual = t % GRID.day() < 72 ? 0 : 10;
      combination.learn(values, combination.combine(values, t), actual, t);
    }
    int midnight = 10 * GRID.day();
    // The second was right all evening, and yet it is the first one's time of day.
    double changed = combination.combine(values, midnight + 3);
    double late = combination.combine(values, midnight - 10);
    assertThat(changed).isLessThan(late);
    assertThat(combination.weights(values, midnight)[0]).isBetween(0.0, 1.0);
  }
}
