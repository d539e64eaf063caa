// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.live.Horizons;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.FixedReplicas;
import io.agentscale.simulations.replay.autoscale.ForecastPlan;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.autoscale.KedaScaling;
import io.agentscale.simulations.replay.autoscale.ObservationLog;
import io.agentscale.simulations.replay.autoscale.OwnScaling;
import io.agentscale.simulations.replay.autoscale.PolicyScaling;
import io.agentscale.simulations.replay.autoscale.Signal;
import io.agentscale.simulations.replay.autoscale.Signals;
import io.agentscale.simulations.replay.cluster.Cluster;
import java.time.Duration;
import java.util.Optional;

/**
 * One policy of a scenario, as one would apply it to a cluster.
 *
 * @param name in tables
 * @param rule what it is made of
 * @param controller settings of the HPA controller
 * @param signals what metrics measure, by their names
 * @param demand what a ScalingPolicy's query measures; empty to tell by its preset
 * @param forecastStep the width of a forecaster's buckets
 */
public record ScenarioPolicy(
    String name,
    Rule rule,
    HpaSettings controller,
    Signals signals,
    Optional<Signal> demand,
    Duration forecastStep) {

  /** What a policy is made of. */
  public sealed interface Rule {
    /** Always the same count. */
    record Fixed(int replicas) implements Rule {}

    /** A HorizontalPodAutoscaler by itself. */
    record Autoscaled(HpaSpec hpa) implements Rule {}

    /**
     * A ScalingPolicy.
     *
     * @param definition as applied
     * @param follower the HPA that follows it; empty for one of the policy's own bounds that
     *     follows nothing else
     */
    record Policy(PolicyDefinition definition, Optional<HpaSpec> follower) implements Rule {}

    /**
     * A ScaledObject.
     *
     * @param object as applied
     * @param policy the ScalingPolicy its triggers ask for, if they do
     */
    record Scaled(ScaledObject object, Optional<PolicyDefinition> policy) implements Rule {}
  }

  /** Returns the fewest and the most replicas. */
  public ReplicaBounds bounds() {
    return switch (rule) {
      case Rule.Fixed fixed -> new ReplicaBounds(fixed.replicas(), Math.max(1, fixed.replicas()));
      case Rule.Autoscaled(HpaSpec hpa) -> new ReplicaBounds(hpa.minReplicas(), hpa.maxReplicas());
      case Rule.Policy policy -> {
        var baseline = policy.definition().settings().schedules().baseline();
        yield new ReplicaBounds(baseline.minReplicas(), baseline.maxReplicas());
      }
      case Rule.Scaled(ScaledObject object, _) ->
          new ReplicaBounds(object.minReplicas(), object.hpa().maxReplicas());
    };
  }

  /** Returns the ScalingPolicy it has, however that is followed. */
  Optional<PolicyDefinition> definition() {
    return switch (rule) {
      case Rule.Fixed _, Rule.Autoscaled _ -> Optional.empty();
      case Rule.Policy policy -> Optional.of(policy.definition());
      case Rule.Scaled scaled -> scaled.policy();
    };
  }

  /** Returns the cluster as this policy makes it: it may choose which pods go first. */
  public Cluster on(Cluster cluster) {
    boolean protects = definition().filter(each -> each.scaleIn().protectBusyPods()).isPresent();
    return protects ? cluster.withScaleIn(Cluster.ScaleIn.IDLEST) : cluster;
  }

  /** Returns what sets the replicas on a cluster. */
  public Autoscaler autoscaler(Cluster cluster) {
    return switch (rule) {
      case Rule.Fixed(int replicas) -> new FixedReplicas(name, replicas);
      case Rule.Autoscaled(HpaSpec hpa) ->
          new HpaScaling(name, hpa, controller, signals, ObservationLog.NONE);
      case Rule.Policy policy -> policy(policy, cluster);
      case Rule.Scaled(ScaledObject object, Optional<PolicyDefinition> policy) ->
          new KedaScaling(
              name,
              object,
              controller,
              signals,
              demand,
              policy.map(
                  each ->
                      new KedaScaling.Followed(
                          each, demandOf(each), plan(each, demandOf(each), cluster))));
    };
  }

  private Optional<ForecastPlan> plan(PolicyDefinition definition, Signal signal, Cluster cluster) {
    return definition
        .forecast()
        .map(forecast -> plan(signal, forecast.lead(), forecastStep, cluster));
  }

  private Autoscaler policy(Rule.Policy policy, Cluster cluster) {
    PolicyDefinition definition = policy.definition();
    return switch (definition.actuation()) {
      case Actuation.OwnScale _ -> {
        Signal signal = demandOf(definition);
        yield new OwnScaling(name, definition, signal, plan(definition, signal, cluster));
      }
      case Actuation.Metric _ -> following(policy, cluster, PolicyScaling.Actuation.METRIC);
      case Actuation.ExactFloor _ ->
          following(policy, cluster, PolicyScaling.Actuation.EXACT_FLOOR);
    };
  }

  private PolicyScaling following(
      Rule.Policy policy, Cluster cluster, PolicyScaling.Actuation actuation) {
    PolicyDefinition definition = policy.definition();
    Signal signal = demandOf(definition);
    return new PolicyScaling(
        name,
        definition.settings(),
        signal,
        plan(definition, signal, cluster),
        policy.follower().orElseGet(() -> PolicyScaling.follower(definition.settings())),
        controller,
        signals,
        actuation,
        definition.activation());
  }

  private Signal demandOf(PolicyDefinition definition) {
    return demand.orElseGet(
        () ->
            switch (definition.demand()) {
              case DemandSource.OfPreset(String preset) -> ofPreset(preset);
              case DemandSource.OfQuery(String query, _) ->
                  throw new IllegalArgumentException(
                      "demand: must say what the query measures, was: absent beside " + query);
            });
  }

  private static Signal ofPreset(String preset) {
    return switch (preset) {
      case "agent-tokens-per-minute" -> Signal.TOKENS_PER_MINUTE;
      case "agent-queue-depth" -> Signal.WAITING;
      // A gauge in the gateway counts those that wait for a pod as well.
      default -> Signal.DEMAND;
    };
  }

  /** As the live service looks ahead: by the first rung of its ladder that covers the lead. */
  static ForecastPlan plan(Signal signal, Lead lead, Duration step, Cluster cluster) {
    Duration ahead =
        switch (lead) {
          case Lead.Fixed(Duration fixed) -> fixed;
          case Lead.Auto() -> startUp(cluster);
        };
    String source = lead instanceof Lead.Auto ? "p90 created to Ready" : "policy";
    Duration horizon = Horizons.of(lead, ahead, step).standingFor(ahead);
    return new ForecastPlan(signal, step, horizon, source);
  }

  private static Duration startUp(Cluster cluster) {
    long millis = Math.round(cluster.startUp().p90Seconds() * 1000);
    return Duration.ofMillis(Math.max(1000, millis)).plus(cluster.readinessLag());
  }
}
