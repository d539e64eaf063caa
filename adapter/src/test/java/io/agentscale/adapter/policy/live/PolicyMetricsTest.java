// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.LabelSelector;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Optional;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts believe these series: a zero for an unknown would hide an outage. */
final class PolicyMetricsTest {
  private static final String[] LABELS = {"namespace", "policy"};
  private static final String[] CODER = {"agent-prod", "coder"};

  private final LoopScene scene = new LoopScene();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final PolicyDefinition policy = Policies.forecasting(Policies.coder(), Policies.PLAN);

  PolicyMetricsTest() {
    var _ = new PolicyMetrics(scene.board, () -> scene.leads, () -> scene.now).register(registry);
  }

  @Test
  void everyPart_isExported() {
    scene.loop.defined(Policies.inMode(policy, PolicyDefinition.Mode.PREVIEW));
    scene.demand(100);
    scene.pass(Duration.ofMinutes(40));

    assertThat(value("live_demand")).isEqualTo(100);
    assertThat(value("served_demand")).isGreaterThanOrEqualTo(100);
    assertThat(value("would_be_replicas")).isGreaterThanOrEqualTo(9);
    assertThat(value("replicas")).isEqualTo(4);
    assertThat(value("ready_replicas")).isEqualTo(4);
    assertThat(value("floor_replicas")).isEqualTo(2);
    assertThat(value("ceiling_replicas")).isEqualTo(40);
    assertThat(value("lead_seconds")).isEqualTo(120);
    assertThat(value("sample_age_seconds")).isBetween(0.0, 16.0);
    assertThat(value("effective_tolerance")).isEqualTo(0.1);
    assertThat(value("proposed_replicas", "source", "live")).isEqualTo(9);
    assertThat(value("forecast_demand", "quantile", "0.9")).isGreaterThan(0);
    assertThat(value("condition", "type", "DemandKnown")).isEqualTo(1);
    assertThat(value("decisions_total", "winner", "live")).isGreaterThan(100);
    assertThat(registry.getSampleValue("agentscale_leader")).isEqualTo(1);
  }

  @Test
  void limits_andWhatTheAutoscalerSays_areExported() {
    scene.loop.defined(policy);
    scene.target =
        new TargetView.Known(
            4,
            4,
            LabelSelector.parse("app=coder"),
            List.of(Policies.autoscaler(3, 30, 7)),
            Optional.empty(),
            List.of());
    scene.demand(12_000);
    scene.step();

    assertThat(value("limited_replicas", "limit", "maximum")).isEqualTo(40);
    assertThat(value("autoscaler_desired_replicas")).isEqualTo(7);
    assertThat(value("autoscaler_min_replicas")).isEqualTo(3);
    assertThat(value("autoscaler_max_replicas")).isEqualTo(30);
  }

  @Test
  void unknown_hasNoSeries_andEnforceNoWouldBe() {
    scene.loop.defined(policy);
    scene.unknown("gone");
    scene.step();

    assertThat(sample("live_demand")).isNull();
    assertThat(sample("served_demand")).isNull();
    assertThat(sample("would_be_replicas")).isNull();
    assertThat(sample("forecast_skill")).isNull();
    assertThat(value("decided_replicas")).isEqualTo(4);
  }

  @Test
  void aPolicyThatGoes_takesItsSeriesAlong() {
    scene.loop.defined(policy);
    scene.demand(100);
    scene.step();
    scene.loop.removed(policy.key());
    scene.step();

    assertThat(sample("live_demand")).isNull();
    assertThat(
            registry.getSampleValue(
                "agentscale_policy_decisions_total",
                new String[] {"namespace", "policy", "winner"},
                new String[] {"agent-prod", "coder", "live"}))
        .isNull();
  }

  private Double sample(String name) {
    return registry.getSampleValue("agentscale_policy_" + name, LABELS, CODER);
  }

  private double value(String name) {
    Double sample = sample(name);
    assertThat(sample).as(name).isNotNull();
    return sample;
  }

  private double value(String name, String label, String labelled) {
    Double sample =
        registry.getSampleValue(
            "agentscale_policy_" + name,
            new String[] {"namespace", "policy", label},
            new String[] {"agent-prod", "coder", labelled});
    assertThat(sample).as(name).isNotNull();
    return sample;
  }
}
