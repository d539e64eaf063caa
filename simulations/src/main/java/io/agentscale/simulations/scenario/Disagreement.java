// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far two engines are apart about one policy, over all cases.
 *
 * @param name of the policy
 * @param latePoints by how many points of percent more runs are late by the first
 * @param replicaHoursPercent by how many percent more replica-hours the first counts
 * @param p99Percent by how many percent the first's 99th percentile is higher; null if not known
 */
public record Disagreement(
    String name, double latePoints, double replicaHoursPercent, @Nullable Double p99Percent) {

  /** Compares two results of one scenario, policy by policy. */
  static List<Disagreement> between(ScenarioResult one, ScenarioResult truth) {
    List<Disagreement> all = new ArrayList<>();
    List<PolicySummary> first = one.policies();
    List<PolicySummary> second = truth.policies();
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      PolicyScores a = first.get(i).scores();
      PolicyScores b = second.get(i).scores();
      Double p99 = a.p99Ms();
      Double trueP99 = b.p99Ms();
      all.add(
          new Disagreement(
              first.get(i).name(),
              PolicyScores.rounded(a.latePercent() - b.latePercent()),
              percent(a.replicaHours(), b.replicaHours()),
              p99 == null || trueP99 == null || trueP99 == 0 ? null : percent(p99, trueP99)));
    }
    return all;
  }

  private static double percent(double value, double of) {
    return of == 0 ? 0 : PolicyScores.rounded(100 * (value / of - 1));
  }
}
