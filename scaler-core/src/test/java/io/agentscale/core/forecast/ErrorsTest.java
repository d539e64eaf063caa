// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A mean that rounding pulls to one side would weigh experts by their rounding. */
final class ErrorsTest {
  @Test
  void get_isWithinOneInFiveHundredAndTwelve_atAnySize() {
    Errors errors = new Errors(2);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 10_000; i++) {
      double error = random.nextDouble() * Math.pow(10, random.nextInt(-12, 13));
      errors.set(1, error);
      assertThat(errors.get(1)).isCloseTo(error, within(error / 512));
    }
    assertThat(errors.get(0)).isZero();
  }

  @Test
  void set_aMeanOfManySteps_findsTheMean() {
    Errors errors = new Errors(1);
    SplittableRandom random = new SplittableRandom(4);
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      errors.set(0, errors.get(0) + 0.04 * (2 * random.nextDouble() - errors.get(0)));
      sum += i < 1_000 ? 0 : errors.get(0);
    }
    assertThat(sum / 19_000).isCloseTo(1, within(0.01));
  }
}
