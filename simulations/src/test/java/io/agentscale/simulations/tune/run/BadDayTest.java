// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.score.Portion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mean over days hides the day that breaks the objective; one outage must not decide alone. */
final class BadDayTest {
  private static List<Portion> days(double... latePercents) {
    return Arrays.stream(latePercents).mapToObj(late -> day(1000, late)).toList();
  }

  private static Portion day(double runs, double latePercent) {
    return new Portion(runs, runs * latePercent / 100, 24, 20);
  }

  @Test
  void fewDays_theWorstCounts() {
    assertThat(BadDay.latePercent(days(0, 3, 0, 1))).isCloseTo(3, within(1e-9));
    assertThat(BadDay.latePercent(days(2))).isCloseTo(2, within(1e-9));
  }

  @Test
  void tenDays_oneMayBeWorse() {
    assertThat(BadDay.latePercent(days(0, 0, 0, 0, 4, 0, 0, 0, 0))).isCloseTo(4, within(1e-9));
    assertThat(BadDay.latePercent(days(0, 0, 0, 0, 4, 0, 0, 1, 0, 0))).isCloseTo(1, within(1e-9));
  }

  @Test
  void neverLessThanTheWhole() {
    List<Portion> nine = days(0, 0, 0, 0, 0, 0, 0, 0, 0);
    List<Portion> ten = new ArrayList<>(nine);
    ten.add(day(91_000, 50));
    assertThat(BadDay.latePercent(ten)).isCloseTo(45.5, within(1e-9));
  }
}
