// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.OptionalDouble;
import java.util.function.Supplier;

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

  /** The decision; why, it says to those who ask: of most decisions nobody does. */
  public static final class Verdict {
    private final boolean mayAct;
    private final Supplier<String> reason;

    public Verdict(boolean mayAct, String reason) {
      this(mayAct, () -> reason);
    }

    private Verdict(boolean mayAct, Supplier<String> reason) {
      this.mayAct = mayAct;
      this.reason = reason;
    }

    /** Tells whether the forecast may add capacity. */
    public boolean mayAct() {
      return mayAct;
    }

    /** Returns why, with the figures. */
    public String reason() {
      return reason.get();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Verdict verdict
          && mayAct == verdict.mayAct
          && reason().equals(verdict.reason());
    }

    @Override
    public int hashCode() {
      return reason().hashCode();
    }

    @Override
    public String toString() {
      return "Verdict[mayAct=" + mayAct + ", reason=" + reason() + "]";
    }
  }

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
          false, () -> "skill not yet measured: %d outcomes so far".formatted(accuracy.outcomes()));
    }
    boolean mayAct = lets(accuracy);
    return new Verdict(mayAct, () -> compared(skill.getAsDouble(), mayAct));
  }

  private String compared(double skill, boolean mayAct) {
    return "skill %.3f is %s minSkill %.3f"
        .formatted(skill, mayAct ? "at least" : "below", minSkill);
  }
}
