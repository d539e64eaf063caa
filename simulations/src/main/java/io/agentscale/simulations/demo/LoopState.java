// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.ServedDemand;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The loop from demand to agents at one moment.
 *
 * @param at in the demo's time
 * @param decision the policy's last; empty before there is one
 * @param desired what the HorizontalPodAutoscaler asked for last; empty before it did
 * @param fleet what came of it
 */
record LoopState(
    Instant at, Optional<DecisionRecord> decision, OptionalInt desired, AgentFleet.State fleet) {

  /** Returns the demand measured; empty while it is not known. */
  Optional<Quantity> live() {
    return decision.flatMap(
        record ->
            record.live() instanceof LiveDemand.Known known
                ? Optional.of(known.demand())
                : Optional.empty());
  }

  /** Returns the demand foreseen for when an agent created now is Ready; empty while it rests. */
  Optional<Quantity> forecast() {
    return decision.flatMap(
        record ->
            record.decision().explanation().proposals().stream()
                .filter(proposal -> proposal.source() == Explanation.Source.FORECAST)
                .flatMap(proposal -> proposal.ask().stream())
                .map(Capacity::demand)
                .findFirst());
  }

  /** Returns the replicas that minimum and schedules ask for. */
  Optional<Integer> floor() {
    return decision.map(record -> record.decision().explanation().schedules().floor());
  }

  /** Returns the replicas decided. */
  Optional<Integer> decided() {
    return decision.map(record -> record.decision().replicas());
  }

  /** Returns the demand served to the HorizontalPodAutoscaler. */
  Optional<Quantity> served() {
    return decision.flatMap(
        record ->
            record.decision().served() instanceof ServedDemand.Known known
                ? Optional.of(known.demand())
                : Optional.empty());
  }
}
