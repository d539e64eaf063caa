// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.util.List;
import java.util.Optional;

/**
 * All that came of a scenario.
 *
 * @param results one for each engine; of two, the last is taken for the truth
 * @param hybrids one for each traffic, where the scenario asks for them
 */
public record Outcome(List<ScenarioResult> results, List<HybridResult> hybrids) {
  public Outcome {
    results = List.copyOf(results);
    hybrids = List.copyOf(hybrids);
  }

  /** Returns the result that counts. */
  public ScenarioResult result() {
    return results.getLast();
  }

  /** Returns the result of the other engine, where there were two. */
  public Optional<ScenarioResult> other() {
    return results.size() > 1 ? Optional.of(results.getFirst()) : Optional.empty();
  }
}
