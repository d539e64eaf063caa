// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.tune.run.TuneResult;
import java.util.Locale;

/**
 * Says how the settings found fared on days not seen, and whether those days were harder: the
 * present settings, which nobody fitted to the training days, are the measure.
 */
final class HeldOutText {
  private HeldOutText() {}

  static String of(TuneResult result, double allowedLatePercent) {
    PolicyScores tuned = result.heldOut(TuneResult.TUNED);
    PolicyScores present = result.heldOut(TuneResult.PRESENT);
    double before = result.present().worth().latePercent();
    String days =
        "From training to these days: present settings %s to %s %% late, tuned %s to %s %%."
            .formatted(
                number(before),
                number(present.latePercent()),
                number(result.picked().worth().latePercent()),
                number(tuned.latePercent()));
    return "Tuned: %s the objective of %s %% late here, at %+.1f %% of the present cost. %s%s"
        .formatted(
            tuned.latePercent() <= allowedLatePercent ? "meets" : "MISSES",
            number(allowedLatePercent),
            100 * (tuned.costRatio() / present.costRatio() - 1),
            days,
            blame(result, allowedLatePercent));
  }

  private static String blame(TuneResult result, double allowedLatePercent) {
    double tuned = result.heldOut(TuneResult.TUNED).latePercent();
    double present = result.heldOut(TuneResult.PRESENT).latePercent();
    if (tuned <= allowedLatePercent) {
      return "";
    }
    return present > result.present().worth().latePercent()
        ? " These days are harder: the present settings, which were not fitted to the others, are"
            + " worse on them too."
        : " These days are no harder for the present settings: the tuned ones are fitted too"
            + " closely; lower --late, or search on more days.";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
