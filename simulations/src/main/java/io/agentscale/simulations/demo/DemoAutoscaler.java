// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.live.DemandMetric;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaController;
import io.agentscale.core.hpa.HpaDecision;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.HpaTransition;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricSelector;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.hpa.TargetSelector;
import io.agentscale.core.schedule.Baseline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The HorizontalPodAutoscaler of the fleet, as {@code agentscale policy hpa} would print it for the
 * policy: it follows the demand that the adapter serves, by the exact rules of Kubernetes.
 */
final class DemoAutoscaler {
  private final AgentFleet fleet;
  private final HpaController controller =
      new HpaController(HpaSettings.DEFAULT.withDialect(Dialect.V1_35));
  private final HpaSpec spec;
  private final TargetSelector selector = TargetSelector.parse("app=" + DemoFiles.APP);
  private HpaState state = HpaState.INITIAL;
  private OptionalInt desired = OptionalInt.empty();
  private Optional<Instant> lastScale = Optional.empty();
  private Optional<String> problem = Optional.empty();

  DemoAutoscaler(PolicyDefinition policy, AgentFleet fleet) {
    this.fleet = fleet;
    Baseline bounds = policy.settings().schedules().baseline();
    MetricSelector ofPolicy =
        new MetricSelector(Map.of(DemandMetric.POLICY, policy.key().name()), List.of());
    this.spec =
        new HpaSpec(
            policy.key().namespace(),
            policy.key().name(),
            new ScaleTarget(
                policy.target().apiVersion(), policy.target().kind(), policy.target().name()),
            bounds.minReplicas(),
            bounds.maxReplicas(),
            List.of(
                new MetricSpec(
                    new MetricSource.ExternalMetric(
                        new MetricIdentifier(DemandMetric.NAME, Optional.of(ofPolicy))),
                    MetricTarget.averageValue(policy.settings().perReplica()))),
            Optional.empty());
  }

  /**
   * Makes one reconciliation.
   *
   * @param demand what the metrics API answered
   */
  synchronized void reconcile(MetricReading demand, Instant now) {
    int replicas = fleet.state().replicas();
    HpaTransition transition =
        controller.decide(
            spec,
            state,
            new Observation(
                new ScaleReading.Scale(replicas, replicas, selector),
                List.of(
                    PodGroup.running(
                        Math.max(1, replicas), Map.of("app", DemoFiles.APP), now, List.of())),
                List.of(demand)),
            now);
    state = transition.state();
    HpaDecision decision = transition.decision();
    problem = decision.error();
    desired = decision.replicas();
    if (decision.rescaled()) {
      lastScale = Optional.of(now);
      fleet.scaleTo(desired.orElseThrow(), now);
    }
  }

  /** Returns how many replicas it asked for last; empty before it first did. */
  synchronized OptionalInt desired() {
    return desired;
  }

  /** Returns what it says of itself; empty before its first reconciliation. */
  synchronized List<AutoscalerView> view() {
    if (desired.isEmpty()) {
      return List.of();
    }
    return List.of(
        new AutoscalerView(
            "HorizontalPodAutoscaler",
            spec.name(),
            spec.minReplicas(),
            spec.maxReplicas(),
            fleet.state().replicas(),
            desired.getAsInt(),
            lastScale,
            problem.map(cause -> "ScalingActive: " + cause).stream().toList()));
  }
}
