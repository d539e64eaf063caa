// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A forecast that is no better than looking at the clock must not move capacity. */
final class SkillGateTest {
  private static Accuracy accuracy(OptionalDouble naive, OptionalDouble seasonal) {
    return new Accuracy(100, 1, 0, naive, seasonal, List.of());
  }

  @Test
  void judge_betterThanBoth_mayAct() {
    var verdict =
        new SkillGate(0.1).judge(accuracy(OptionalDouble.of(0.5), OptionalDouble.of(0.875)));

    assertThat(verdict)
        .isEqualTo(new SkillGate.Verdict(true, "skill 0.125 is at least minSkill 0.100"));
  }

  @Test
  void judge_worseThanOne_mayNot() {
    var verdict = new SkillGate(0).judge(accuracy(OptionalDouble.of(1.25), OptionalDouble.of(0.5)));

    assertThat(verdict)
        .isEqualTo(new SkillGate.Verdict(false, "skill -0.250 is below minSkill 0.000"));
  }

  @Test
  void judge_unmeasured_mayNot() {
    var verdict = new SkillGate(-5).judge(accuracy(OptionalDouble.empty(), OptionalDouble.empty()));

    assertThat(verdict.mayAct()).isFalse();
    assertThat(verdict.reason()).isEqualTo("skill not yet measured: 100 outcomes so far");
  }

  @Test
  void minSkill_ofOneOrMore_isRefused() {
    assertThatThrownBy(() -> new SkillGate(1)).hasMessage("minSkill: must be below 1, was: 1.0");
    assertThatThrownBy(() -> new SkillGate(Double.NaN)).hasMessageContaining("was: NaN");
  }
}
