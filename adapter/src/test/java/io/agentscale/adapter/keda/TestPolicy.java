// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy whose decisions are made by the real thing from what a test says. */
final class TestPolicy {
  static final String NAMESPACE = "agents";

  private final PolicyKey key;
  private String perReplica = "12";
  private int minReplicas = 1;
  private Mode mode = Mode.ENFORCE;
  private Actuation actuation = new Actuation.Metric();
  private Optional<Activation> activation = Optional.empty();
  private List<Schedule> schedules = List.of();
  private PolicyState state = PolicyState.INITIAL;

  TestPolicy(String namespace, String name) {
    key = new PolicyKey(namespace, name);
  }

  static TestPolicy named(String name) {
    return new TestPolicy(NAMESPACE, name);
  }

  TestPolicy perReplica(String quantity) {
    perReplica = quantity;
    return this;
  }

  TestPolicy mode(Mode other) {
    mode = other;
    return this;
  }

  TestPolicy actuation(Actuation other) {
    actuation = other;
    return this;
  }

  TestPolicy schedules(Schedule... other) {
    schedules = List.of(other);
    return this;
  }

  TestPolicy fromZero(String threshold, Duration idleFor) {
    minReplicas = 0;
    activation = Optional.of(new Activation(Quantity.parse(threshold), idleFor));
    return this;
  }

  PolicyKey key() {
    return key;
  }

  PolicySnapshot undecided() {
    return new PolicySnapshot(definition(), Optional.empty(), List.of(), List.of());
  }

  PolicySnapshot known(String demand, int replicas, Instant at) {
    return decided(new LiveDemand.Known(Quantity.parse(demand), at, "test"), replicas, at);
  }

  PolicySnapshot unknown(int replicas, Instant at) {
    return decided(new LiveDemand.Unknown("test", "Prometheus does not answer"), replicas, at);
  }

  private PolicySnapshot decided(LiveDemand live, int replicas, Instant at) {
    PolicyDecision decision =
        new CompositePolicy(definition().settings())
            .decide(state, new PolicyObservation(replicas, replicas, live), at);
    state = decision.state();
    return with(decision, replicas, at);
  }

  PolicySnapshot with(PolicyDecision decision, int replicas, Instant at) {
    DecisionRecord record =
        new DecisionRecord(
            key,
            at,
            replicas,
            replicas,
            new LiveDemand.Unknown("test", "of no matter to KEDA"),
            decision,
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new PolicySnapshot(definition(), Optional.of(record), List.of(), List.of());
  }

  private PolicyDefinition definition() {
    return new PolicyDefinition(
        key,
        "uid",
        1,
        new TargetRef("apps/v1", "Deployment", key.name()),
        mode,
        new DemandSource.OfPreset("agent_concurrency"),
        PolicySettings.of(
            Quantity.parse(perReplica),
            new SchedulePlan(new Baseline(minReplicas, 40), schedules, Map.of())),
        Optional.empty(),
        activation,
        ScaleIn.UNPROTECTED,
        actuation);
  }
}
