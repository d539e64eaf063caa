// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one traffic on one cluster came to under each policy.
 *
 * @param traffic its name in the scenario
 * @param cluster its name in the scenario
 * @param start of the traffic
 * @param span from there to its end
 * @param warmUp the part at the start that was not scored
 * @param policies and baselines, in the order of the scenario
 */
public record CaseResult(
    String traffic,
    String cluster,
    Instant start,
    Duration span,
    Duration warmUp,
    List<PolicyResult> policies) {
  public CaseResult {
    policies = List.copyOf(policies);
  }
}
