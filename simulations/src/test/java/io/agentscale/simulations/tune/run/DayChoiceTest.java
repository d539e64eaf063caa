// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.simulations.score.Portion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Days that stand for all must hold the one that breaks settings, and not only its like. */
final class DayChoiceTest {
  private static List<Portion> days(int count, int worst) {
    return IntStream.range(0, count)
        .mapToObj(day -> new Portion(1000, day == worst ? 50 : 1, 24, 20))
        .toList();
  }

  @Test
  void oneDay_isTheWorst() {
    assertThat(DayChoice.of(days(10, 7), 1)).containsExactly(7);
  }

  @Test
  void more_areSpreadEvenly() {
    assertThat(DayChoice.of(days(12, 1), 4)).containsExactly(1, 2, 6, 10);
    // The worst is where another would be: the next one takes its place.
    assertThat(DayChoice.of(days(10, 5), 2)).containsExactly(5, 6);
  }

  @Test
  void all_areEachChosenOnce() {
    assertThat(DayChoice.of(days(5, 2), 5)).containsExactly(0, 1, 2, 3, 4);
    assertThat(DayChoice.of(days(3, 2), 5)).containsExactly(0, 1, 2);
  }
}
