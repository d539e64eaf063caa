// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scenario came to, by one engine.
 *
 * @param name of the scenario
 * @param engine its name, {@code fluid} or {@code event}
 * @param seed of all that was random
 * @param objective what makes a run late, in words
 * @param currency of the money; empty if the scenario has no prices
 * @param reference the name of the baseline that costs and late runs are compared with
 * @param cases each traffic on each cluster, in the order of the scenario
 */
public record ScenarioResult(
    String name,
    String engine,
    long seed,
    String objective,
    Optional<String> currency,
    String reference,
    List<CaseResult> cases) {
  public ScenarioResult {
    cases = List.copyOf(cases);
  }

  /** Returns the policies and baselines, in the order of the scenario, over all its cases. */
  public List<PolicySummary> policies() {
    return over(cases);
  }

  /** Returns the policies and baselines over the cases of one cluster. */
  public List<PolicySummary> policiesOn(String cluster) {
    return over(cases.stream().filter(each -> each.cluster().equals(cluster)).toList());
  }

  private static List<PolicySummary> over(List<CaseResult> cases) {
    Map<String, List<PolicyResult>> byName = new LinkedHashMap<>();
    for (CaseResult each : cases) {
      for (PolicyResult policy : each.policies()) {
        byName.computeIfAbsent(policy.name(), name -> new ArrayList<>()).add(policy);
      }
    }
    return byName.values().stream().map(PolicySummary::of).toList();
  }
}
