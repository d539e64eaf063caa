// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A policy, its workload with an autoscaler, and what the actuator is told of them. */
final class Fixture {
  static final String NAMESPACE = "prod";
  static final PolicyKey KEY = new PolicyKey(NAMESPACE, "coder");
  static final String HPA =
      "/apis/autoscaling/v2/namespaces/prod/horizontalpodautoscalers/coder-hpa";
  static final String SCALED_OBJECT = "/apis/keda.sh/v1alpha1/namespaces/prod/scaledobjects/coder";
  static final String DEPLOYMENT = "/apis/apps/v1/namespaces/prod/deployments/coder";
  static final String POLICY = "/apis/agentscale.io/v1alpha1/namespaces/prod/scalingpolicies/coder";
  static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  static final Quantity PER_REPLICA = Quantity.of(12);

  final FakeCluster cluster = new FakeCluster();
  final List<ClusterObject> pods = new ArrayList<>();
  PodRuns.Reading runs = new PodRuns.Reading.NotMeasured("no preset");
  ClusterActuator actuator = actuator();

  Mode mode = Mode.ENFORCE;
  Actuation actuation = new Actuation.ExactFloor();
  int minReplicas = 2;
  int maxReplicas = 40;
  List<Schedule> schedules = List.of();
  Optional<Activation> activation = Optional.empty();
  ScaleIn scaleIn = ScaleIn.UNPROTECTED;
  long generation = 1;
  String kind = "Deployment";
  OptionalDouble demand = OptionalDouble.of(24);
  PolicyState state = PolicyState.INITIAL;

  ClusterActuator actuator() {
    return new ClusterActuator(cluster, ResourceMapper.wellKnown(), new Pods(), _ -> runs);
  }

  /** Asks through another way from now on. */
  void through(ClusterApi api) {
    actuator = new ClusterActuator(api, ResourceMapper.wellKnown(), new Pods(), _ -> runs);
  }

  /** Starts again with nothing in memory. */
  void restart() {
    cluster.killAfterWrites = Integer.MAX_VALUE;
    actuator = actuator();
    state = PolicyState.INITIAL;
  }

  void putWorkload(int replicas) {
    cluster.put(
        DEPLOYMENT,
        "{'apiVersion':'apps/v1','kind':'Deployment','spec':{'replicas':%d}}"
            .formatted(replicas)
            .replace('\'', '"'));
    cluster.put(
        POLICY,
        "{'apiVersion':'agentscale.io/v1alpha1','kind':'ScalingPolicy','spec':{'maxReplicas':40}}"
            .replace('\'', '"'));
  }

  void putHpa(int min, int max) {
    cluster.put(
        HPA,
        """
        {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
         "spec": {"minReplicas": %d, "maxReplicas": %d,
           "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "coder"}}}
        """
            .formatted(min, max));
  }

  static Schedule schedule(Target target, Instant from, Duration length) {
    return new Schedule(
        "day",
        ZoneId.of("UTC"),
        new Start.OnceInstant(from),
        new End.After(length),
        target,
        Duration.ZERO,
        List.of());
  }

  void during(Target target) {
    schedules = List.of(schedule(target, TEN.minusSeconds(3600), Duration.ofHours(9)));
  }

  PolicyDefinition policy() {
    return new PolicyDefinition(
        KEY,
        "uid-1",
        generation,
        new TargetRef("apps/v1", kind, "coder"),
        mode,
        new DemandSource.OfPreset("agent-concurrency"),
        settings(),
        Optional.empty(),
        activation,
        scaleIn,
        actuation);
  }

  PolicySettings settings() {
    return PolicySettings.of(
        PER_REPLICA, new SchedulePlan(new Baseline(minReplicas, maxReplicas), schedules, Map.of()));
  }

  int replicas() {
    return cluster.object(DEPLOYMENT).at("/spec/replicas").asInt();
  }

  int min() {
    return cluster.object(HPA).at("/spec/minReplicas").asInt();
  }

  int max() {
    return cluster.object(HPA).at("/spec/maxReplicas").asInt();
  }

  boolean isHeld() {
    return cluster.object(HPA).at("/metadata/annotations").has(Keepsake.NAME);
  }

  /** Returns the target as it is watched, without any lag. */
  TargetView.Known view() {
    List<AutoscalerView> autoscalers = new ArrayList<>();
    if (cluster.exists(HPA)) {
      autoscalers.add(view("HorizontalPodAutoscaler", "coder-hpa", min(), max()));
    }
    if (cluster.exists(SCALED_OBJECT)) {
      var spec = cluster.object(SCALED_OBJECT).path("spec");
      autoscalers.add(
          view(
              "ScaledObject",
              "coder",
              spec.path("minReplicaCount").asInt(0),
              spec.path("maxReplicaCount").asInt(100)));
    }
    return new TargetView.Known(
        replicas(),
        replicas(),
        LabelSelector.parse("app=coder"),
        autoscalers,
        Optional.empty(),
        List.of());
  }

  AutoscalerView view(String kind, String name, int min, int max) {
    return new AutoscalerView(
        kind, name, min, max, replicas(), replicas(), Optional.empty(), List.of());
  }

  PolicyDecision decide(int replicas, Instant now) {
    LiveDemand live =
        demand.isPresent()
            ? new LiveDemand.Known(Quantity.of(demand.getAsDouble()), now, "test")
            : new LiveDemand.Unknown("test", "no answer");
    PolicyDecision decision =
        new CompositePolicy(settings())
            .decide(state, new PolicyObservation(replicas, replicas, live), now);
    state = decision.state();
    return decision;
  }

  Outcomes act(Instant now) {
    return act(view(), now);
  }

  Outcomes act(TargetView.Known view, Instant now) {
    PolicyDecision decision = decide(view.replicas(), now);
    DecisionRecord record =
        new DecisionRecord(
            KEY,
            now,
            view.replicas(),
            view.readyReplicas(),
            new LiveDemand.Unknown("test", "of no matter to actuation"),
            decision,
            Optional.empty(),
            view.autoscalers().stream().findFirst(),
            List.of());
    return new Outcomes(actuator.act(policy(), view, record, now));
  }

  void pod(String name, Map<String, String> annotations) {
    pods.removeIf(pod -> pod.name().equals(name));
    pods.add(new ClusterObject(Optional.of(NAMESPACE), name, Map.of("app", "coder"), annotations));
    cluster.put(pathOfPod(name), "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}");
  }

  static String pathOfPod(String name) {
    return "/api/v1/namespaces/prod/pods/" + name;
  }

  String cost(String pod) {
    return cluster
        .object(pathOfPod(pod))
        .path("metadata")
        .path("annotations")
        .path(PodProtection.COST)
        .asText("none");
  }

  /** The pods' metadata as watched; annotations are those of the cluster. */
  private final class Pods implements ObjectIndex {
    @Override
    public List<ClusterObject> select(
        ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
      return pods.stream()
          .filter(pod -> selector.matches(pod.labels()))
          .map(
              pod -> {
                Map<String, String> annotations = new java.util.HashMap<>(pod.annotations());
                if (cluster.exists(pathOfPod(pod.name()))) {
                  cluster
                      .object(pathOfPod(pod.name()))
                      .path("metadata")
                      .path("annotations")
                      .properties()
                      .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
                }
                return new ClusterObject(pod.namespace(), pod.name(), pod.labels(), annotations);
              })
          .toList();
    }

    @Override
    public boolean isSynced(ResourceKind kind) {
      return true;
    }
  }
}
