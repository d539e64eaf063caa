// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicySource;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.Targets;
import io.agentscale.adapter.policy.live.DemandHistory;
import io.agentscale.adapter.policy.live.LeaderDuties;
import io.agentscale.adapter.policy.live.Leadership;
import java.util.List;
import java.util.Optional;

/**
 * What policies work on: those of a cluster, or what whoever starts the service brings along.
 *
 * @param source where they come from
 * @param targets the workloads they scale
 * @param history of their demand; empty for what the configured Prometheus keeps of it
 * @param guard what runs in flight still need
 * @param actuator writes what is decided
 * @param leadership whether this replica writes
 * @param duties what else it then does
 * @param listeners hear of every change
 * @param parts to close at the end, the last first
 */
public record PolicyParts(
    PolicySource source,
    Targets targets,
    Optional<DemandHistory> history,
    ScaleInGuard guard,
    Actuator actuator,
    Leadership leadership,
    LeaderDuties duties,
    List<PolicyBoard.Listener> listeners,
    List<AutoCloseable> parts) {
  public PolicyParts {
    listeners = List.copyOf(listeners);
    parts = List.copyOf(parts);
  }

  /** Returns parts that act on nothing: what is decided is served as a metric, and shown. */
  public static PolicyParts ofServing(PolicySource source, Targets targets) {
    return new PolicyParts(
        source,
        targets,
        Optional.empty(),
        ScaleInGuard.NONE,
        Actuator.IDLE,
        Leadership.ALONE,
        LeaderDuties.NONE,
        List.of(),
        List.of());
  }

  /** Returns the same parts with a history of demand of the caller's own. */
  public PolicyParts withHistory(DemandHistory own) {
    return new PolicyParts(
        source, targets, Optional.of(own), guard, actuator, leadership, duties, listeners, parts);
  }
}
