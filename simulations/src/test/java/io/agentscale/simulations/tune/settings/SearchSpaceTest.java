// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.adapter.hpa.HpaFile;
import io.agentscale.adapter.policy.resource.PolicyFile;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.ScalingPolicy;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.simulations.replay.autoscale.Signals;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.scenario.ScenarioPolicy.Rule;
import io.agentscale.simulations.tune.Candidate;
import io.agentscale.simulations.tune.Gene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A search that tries other settings than it writes tunes nothing. */
final class SearchSpaceTest {
  private static final String HPA =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: agent}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
        minReplicas: 2
        maxReplicas: 20
        metrics:
        - type: Resource
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
        - type: Pods
          pods: {metric: {name: agent_runs_in_flight}, target: {type: AverageValue, averageValue: "7"}}
      """;
  private static final String POLICY =
      """
      apiVersion: agentscale.io/v1alpha1
      kind: ScalingPolicy
      metadata: {name: agent}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
        minReplicas: 2
        maxReplicas: 20
        demand: {preset: agent-concurrency, perReplica: "6"}
        forecast: {quantile: 0.9, lead: 5m}
        schedules:
        - {name: workday, timeZone: Etc/UTC, start: "0 8 * * MON-FRI", duration: 10h, replicas: {floor: 10, ceiling: 12}}
      """;
  private static final Path HERE = Path.of("").toAbsolutePath();

  private final SearchSpace hpa = SearchSpace.around(policy(HPA), HPA, HERE, Set.of());
  private final SearchSpace policy = SearchSpace.around(policy(POLICY), POLICY, HERE, Set.of());

  private static ScenarioPolicy policy(String text) {
    List<HpaSpec> hpas = HpaFile.parse("test", text, Dialect.V1_28);
    Rule rule =
        hpas.isEmpty()
            ? new Rule.Policy(
                PolicyFile.parse("test", HERE, text, Map.of()).getFirst(), Optional.empty())
            : new Rule.Autoscaled(hpas.getFirst());
    return new ScenarioPolicy(
        "test",
        rule,
        HpaSettings.DEFAULT,
        Signals.DEFAULT,
        Optional.empty(),
        Duration.ofMinutes(1));
  }

  @Test
  void genes_areTheSettingsThatMatter() {
    assertThat(hpa.genes().stream().map(Gene::name))
        .containsExactly(
            "target",
            "target-2",
            "minReplicas",
            "maxReplicas",
            "scaleUp.window",
            "scaleUp.speed",
            "scaleDown.window",
            "scaleDown.speed");
    assertThat(policy.genes().stream().map(Gene::name))
        .containsExactly(
            "perReplica",
            "minReplicas",
            "maxReplicas",
            "headroom",
            "forecast.quantile",
            "forecast.lead",
            "workday.floor",
            "scaleUp.window",
            "scaleUp.speed",
            "scaleDown.window",
            "scaleDown.speed");
  }

  @Test
  void candidate_isWhatItsManifestsSay() {
    Rule rule =
        hpa.policy(new Candidate(List.of(75.0, 9.5, 3.0, 18.0, 2.0, 3.0, 1.0, 0.0)), "x").rule();

    HpaSpec spec = ((Rule.Autoscaled) rule).hpa();
    assertThat(spec.metrics().get(0).target().averageUtilization()).hasValue(75);
    assertThat(spec.metrics().get(1).target().averageValue().orElseThrow()).hasToString("9500m");
    assertThat(spec.minReplicas()).isEqualTo(3);
    assertThat(spec.maxReplicas()).isEqualTo(18);
    var behavior = spec.behavior().orElseThrow();
    assertThat(behavior.scaleUp().stabilizationWindowSeconds()).hasValue(30);
    assertThat(behavior.scaleUp().policies())
        .containsExactly(
            new ScalingPolicy(ScalingPolicy.Type.PERCENT, 400, 15),
            new ScalingPolicy(ScalingPolicy.Type.PODS, 16, 15));
    assertThat(behavior.scaleDown().stabilizationWindowSeconds()).hasValue(60);
    assertThat(behavior.scaleDown().policies())
        .containsExactly(
            new ScalingPolicy(ScalingPolicy.Type.PERCENT, 5, 60),
            new ScalingPolicy(ScalingPolicy.Type.PODS, 1, 60));
  }

  @Test
  void policyAndItsFollower_stayInStep() {
    Rule.Policy rule =
        (Rule.Policy)
            policy
                .policy(
                    new Candidate(
                        List.of(8.25, 3.0, 18.0, 20.0, 4.0, 3.0, 17.0, 0.0, 1.0, 4.0, 4.0)),
                    "x")
                .rule();
    PolicySettings settings = rule.definition().settings();
    HpaSpec follower = rule.follower().orElseThrow();

    assertThat(settings.perReplica()).hasToString("8250m");
    assertThat(follower.metrics().getFirst().target().averageValue())
        .contains(settings.perReplica());
    assertThat(settings.schedules().baseline().minReplicas()).isEqualTo(3);
    assertThat(follower.minReplicas()).isEqualTo(3);
    assertThat(follower.maxReplicas()).isEqualTo(18);
    assertThat(settings.headroom()).hasToString("20%");
    assertThat(settings.forecast().orElseThrow().quantile()).isEqualTo(0.95);
    assertThat(rule.definition().forecast().orElseThrow().lead().toString()).contains("PT5M");
    // Within its own ceiling.
    assertThat(settings.schedules().schedules().getFirst().target().toString()).contains("12");
  }

  @Test
  void forecastOff_isNoForecast() {
    Candidate present = policy.present();
    List<Double> values = new ArrayList<>(present.values());
    values.set(4, 0.0);
    Rule.Policy rule = (Rule.Policy) policy.policy(new Candidate(values), "x").rule();

    assertThat(rule.definition().forecast()).isEmpty();
    assertThat(policy.text(new Candidate(values))).isEqualTo("forecast.quantile off");
    assertThat(policy.text(present)).isEqualTo("as now");
  }

  @Test
  void present_changesNothingThatCounts() {
    Rule.Policy rule = (Rule.Policy) policy.policy(policy.present(), "x").rule();
    PolicySettings settings = rule.definition().settings();

    assertThat(settings.perReplica()).hasToString("6");
    assertThat(settings.schedules().baseline().maxReplicas()).isEqualTo(20);
    assertThat(settings.schedules().schedules().getFirst().target().toString()).contains("10");
    assertThat(settings.forecast().orElseThrow().quantile()).isEqualTo(0.9);
  }

  @Test
  void anyCandidate_isAccepted() {
    SplittableRandom random = new SplittableRandom(5);
    for (SearchSpace space : List.of(hpa, policy)) {
      for (int i = 0; i < 300; i++) {
        Candidate candidate =
            new Candidate(
                space.genes().stream()
                    .map(
                        gene ->
                            gene.scale() == Gene.Scale.WHOLE
                                ? (double) random.nextInt((int) gene.low(), (int) gene.high() + 1)
                                : random.nextDouble(gene.low(), gene.high()))
                    .toList());
        String text = space.manifests(candidate);
        var bounds = space.parse(text, "x").bounds();
        assertThat(bounds.min()).isPositive().isLessThanOrEqualTo(bounds.max());
        assertThat(Manifests.parse(text).text()).isEqualTo(text);
      }
    }
  }

  @Test
  void vary_takesSomeSettings_andRefusesUnknownOnes() {
    SearchSpace some = SearchSpace.around(policy(HPA), HPA, HERE, Set.of("target"));
    assertThat(some.genes()).hasSize(1);
    assertThatThrownBy(() -> SearchSpace.around(policy(HPA), HPA, HERE, Set.of("speed")))
        .hasMessageContaining("scaleUp.speed")
        .hasMessageContaining("was: speed");
  }
}
