// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision with all that led to it and what came of it.
 *
 * @param key whose
 * @param at when it was decided
 * @param replicas asked for at that time
 * @param readyReplicas of them that could serve
 * @param live the demand then
 * @param decision what was decided, with its explanation
 * @param lead how far ahead it looked; empty without a forecast
 * @param autoscaler what the target's autoscaler said then; empty where there is none
 * @param actions what was written to the cluster because of it, in sentences
 */
public record DecisionRecord(
    PolicyKey key,
    Instant at,
    int replicas,
    int readyReplicas,
    LiveDemand live,
    PolicyDecision decision,
    Optional<Duration> lead,
    Optional<AutoscalerView> autoscaler,
    List<String> actions) {
  public DecisionRecord {
    actions = List.copyOf(actions);
  }
}
