// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.util.List;

/**
 * A policy over all cases of a scenario.
 *
 * @param name of the policy or baseline
 * @param baseline whether it is a baseline
 * @param scores hours, money and counts added up; the cost ratio of the hours added up; percentages
 *     and times as the mean of the cases, each of which counts alike
 */
public record PolicySummary(String name, boolean baseline, PolicyScores scores) {

  static PolicySummary of(List<PolicyResult> cases) {
    PolicyResult first = cases.getFirst();
    return new PolicySummary(
        first.name(),
        first.baseline(),
        PolicyScores.over(cases.stream().map(PolicyResult::scores).toList()));
  }
}
