// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.OptionalDouble;

/**
 * Decides whether forecasts have earned the right to act.
 *
 * @param minSkill the least {@link Accuracy#skill()}: 0 asks to be better than both "as now" and
 *     "as yesterday at this time", 0.1 to err a tenth less
 */
public record SkillGate(double minSkill) {

  public SkillGate {
    if (!(minSkill < 1)) {
      throw new IllegalArgumentException("minSkill: must be below 1, was: " + minSkill);
    }
  }

  /**
   * The decision.
   *
   * @param mayAct whether the forecast may add capacity
   * @param reason why, with the figures
   */
  public record Verdict(boolean mayAct, String reason) {}

  /** Tells what {@link #judge} says, without the words. */
  public boolean lets(Accuracy accuracy) {
    OptionalDouble skill = accuracy.skill();
    return skill.isPresent() && skill.getAsDouble() >= minSkill;
  }

  /** Judges by the accuracy measured of late; an unmeasured forecast may not act. */
  public Verdict judge(Accuracy accuracy) {
    OptionalDouble skill = accuracy.skill();
    if (skill.isEmpty()) {
      return new Verdict(
          false, "skill not yet measured: %d outcomes so far".formatted(accuracy.outcomes()));
    }
    boolean mayAct = lets(accuracy);
    String relation = mayAct ? "at least" : "below";
    return new Verdict(
        mayAct,
        "skill %.3f is %s minSkill %.3f".formatted(skill.getAsDouble(), relation, minSkill));
  }
}
