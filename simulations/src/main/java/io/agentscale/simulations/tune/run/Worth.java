// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.score.Portion;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a policy came to over all cases, each of which counts alike.
 *
 * @param latePercent of the runs
 * @param badDayPercent of the runs of a {@linkplain BadDay bad day}
 * @param costRatio replica-hours over those of the minimal schedule
 * @param flaps changes within 10 minutes of one in the other direction, added up
 */
public record Worth(double latePercent, double badDayPercent, double costRatio, double flaps) {
  private static final double DECIMALS = 1e4;

  /** What one case came to, in parts. */
  record Case(List<Portion> portions, long flaps) {
    Case {
      portions = List.copyOf(portions);
    }

    Portion whole() {
      return portions.stream().reduce(Portion::and).orElseThrow();
    }
  }

  static Worth of(List<Case> cases) {
    return new Worth(
        rounded(cases.stream().mapToDouble(each -> 100 * each.whole().lateShare()).average()),
        rounded(cases.stream().mapToDouble(each -> BadDay.latePercent(each.portions())).average()),
        rounded(
            cases.stream()
                .mapToDouble(each -> each.whole().replicaHours() / each.whole().minimalHours())
                .average()),
        cases.stream().mapToLong(Case::flaps).sum());
  }

  private static double rounded(OptionalDouble mean) {
    return Math.rint(mean.orElseThrow() * DECIMALS) / DECIMALS;
  }

  /** Returns what is to be small. */
  List<Double> objectives(boolean withFlaps) {
    return withFlaps ? List.of(badDayPercent, costRatio, flaps) : List.of(badDayPercent, costRatio);
  }
}
