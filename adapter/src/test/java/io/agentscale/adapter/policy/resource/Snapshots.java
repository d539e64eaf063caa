// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies with a decision, as the loop posts them. */
final class Snapshots {
  private Snapshots() {}

  static PolicyDefinition policy(String name, String uid) {
    return PolicyFile.parse(
            "policy.yaml",
            Path.of("."),
            """
            apiVersion: agentscale.io/v1alpha1
            kind: ScalingPolicy
            metadata: {name: %s, namespace: agent-prod, uid: "%s", generation: 3}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
              maxReplicas: 40
              demand: {preset: agent-concurrency, perReplica: 12}
              schedules:
              - {name: day, timeZone: UTC, start: 0 9 * * *, duration: 9h, replicas: {floor: 5}}
            """
                .formatted(name, uid),
            Map.of())
        .getFirst();
  }

  /** Ready since an instant, with a demand measured at another. */
  static PolicySnapshot of(PolicyDefinition policy, long demand, Instant now, Instant readySince) {
    return of(
        policy,
        demand,
        now,
        List.of(
            new PolicyCondition(
                PolicyCondition.Type.READY,
                PolicyCondition.Status.TRUE,
                "Followed",
                "demand " + demand,
                readySince)));
  }

  static PolicySnapshot of(
      PolicyDefinition policy, long demand, Instant now, List<PolicyCondition> conditions) {
    CompositePolicy composite = new CompositePolicy(policy.settings());
    LiveDemand live = new LiveDemand.Known(Quantity.of(demand), now, "agent-concurrency");
    var decision =
        composite.decide(composite.initialState(), new PolicyObservation(3, 3, live), now);
    return new PolicySnapshot(
        policy,
        Optional.of(
            new DecisionRecord(
                policy.key(),
                now,
                3,
                3,
                live,
                decision,
                Optional.empty(),
                Optional.empty(),
                List.of())),
        conditions,
        List.of());
  }
}
