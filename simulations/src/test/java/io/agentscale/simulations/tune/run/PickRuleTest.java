// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.simulations.tune.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule that picks something else than it says costs money, or the objective. */
final class PickRuleTest {
  private final Worth present = new Worth(0, 2, 1.4, 0);
  private final List<Searched> front =
      List.of(at(5, 1.1), at(1.5, 1.2), at(0.9, 1.3), at(0.8, 1.5), at(0, 3));

  private static Searched at(double late, double cost) {
    return new Searched(new Candidate(List.of(cost)), new Worth(0, late, cost, 0));
  }

  @Test
  void cheapest_isTheCheapestWithinTheObjective() {
    assertThat(PickRule.CHEAPEST.pick(front, present, 1)).contains(at(0.9, 1.3));
    assertThat(PickRule.CHEAPEST.pick(front, present, 2)).contains(at(1.5, 1.2));
    assertThat(PickRule.CHEAPEST.pick(front.subList(0, 2), present, 1)).isEmpty();
  }

  @Test
  void fewestLate_costsNoMoreThanNow() {
    assertThat(PickRule.FEWEST_LATE.pick(front, present, 1)).contains(at(0.9, 1.3));
    assertThat(PickRule.FEWEST_LATE.pick(front, new Worth(0, 2, 1, 0), 1)).isEmpty();
  }

  @Test
  void knee_isNearestToTheBestOfBoth() {
    assertThat(PickRule.KNEE.pick(front, present, 1)).contains(at(0.9, 1.3));
    assertThat(PickRule.KNEE.pick(List.of(), present, 1)).isEmpty();
  }
}
