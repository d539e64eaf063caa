// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.score.Portion;
import java.util.List;

/**
 * How late runs are on a bad day: the worst, but for one in ten, and never less than on the whole.
 *
 * <p>Settings that are right on the whole may owe it to quiet days; those that are right on each of
 * the days seen are likely to be right on the next, as the worst of {@code n} alike days is passed
 * by one in {@code n + 1}. Of ten days and more, one in ten may be worse: no settings meet the day
 * of an outage.
 */
final class BadDay {
  private static final int OF_WHICH_ONE_MAY_BE_WORSE = 10;

  private BadDay() {}

  static double latePercent(List<Portion> days) {
    double[] shares = days.stream().mapToDouble(Portion::lateShare).sorted().toArray();
    double bad = shares[shares.length - 1 - shares.length / OF_WHICH_ONE_MAY_BE_WORSE];
    double whole = days.stream().reduce(Portion::and).orElseThrow().lateShare();
    return 100 * Math.max(bad, whole);
  }
}
