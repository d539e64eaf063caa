// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A check in a pipeline that always holds is worse than none. */
final class AssertionsTest {
  private static final ScenarioResult RESULT = TestScenario.run(TestScenario.parsed()).result();

  private static List<String> broken(String rules) {
    return Assertions.parse(rules).broken(RESULT);
  }

  @Test
  void rules_holdOrNameThePolicyAndTheFigure() {
    assertThat(broken("late_percent<=100,replica_hours>0")).isEmpty();
    assertThat(broken("late_percent<0"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("hpa: must have late_percent<0, was: ");
  }

  @Test
  void costVsBaseline_isOverTheReference() {
    assertThat(broken("cost_vs_baseline>0.2,cost_vs_baseline<5")).isEmpty();
    assertThat(broken("cost_vs_baseline<0.1")).hasSize(2);
  }

  @Test
  void unknown_doesNotHold() {
    assertThat(broken("forecast_skill>-100")).anySatisfy(line -> assertThat(line).contains("hpa"));
  }

  @Test
  void whatIsNotUnderstood_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Assertions.parse("late<1"))
        .withMessageContaining("late_percent");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Assertions.parse("late_percent=1"))
        .withMessageContaining("must be rules such as");
  }
}
