// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.scenario.PolicyScores;
import java.util.List;

/**
 * What a policy came to over all cases, each of which counts alike.
 *
 * @param latePercent of the runs
 * @param costRatio replica-hours over those of the minimal schedule
 * @param flaps changes within 10 minutes of one in the other direction, added up
 */
public record Worth(double latePercent, double costRatio, double flaps) {

  static Worth of(List<PolicyScores> cases) {
    return new Worth(
        cases.stream().mapToDouble(PolicyScores::latePercent).average().orElseThrow(),
        cases.stream().mapToDouble(PolicyScores::costRatio).average().orElseThrow(),
        cases.stream().mapToDouble(PolicyScores::flaps).sum());
  }

  /** Returns what is to be small. */
  List<Double> objectives(boolean withFlaps) {
    return withFlaps ? List.of(latePercent, costRatio, flaps) : List.of(latePercent, costRatio);
  }
}
