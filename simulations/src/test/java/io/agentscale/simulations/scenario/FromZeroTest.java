// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.score.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A policy that may go to none must sleep and wake in a replay as it does in a cluster, whether
 * agentscale does it or KEDA.
 */
final class FromZeroTest {
  private static final String YAML =
      """
      name: from zero
      traffic: {generator: constant, rate: 1, duration: 1h}
      pod: {preset: agent-2c4g}
      slo: {within: 6s}
      cluster: {initialReplicas: 0, startUp: 40s}
      policies:
      - name: by agentscale
        manifests: |
          apiVersion: agentscale.io/v1alpha1
          kind: ScalingPolicy
          metadata: {name: agent}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
            minReplicas: 0
            maxReplicas: 10
            demand: {preset: agent-concurrency, perReplica: "6"}
            activation: {threshold: "2", idleFor: 5m}
      - name: by KEDA
        manifests: |
          apiVersion: agentscale.io/v1alpha1
          kind: ScalingPolicy
          metadata: {name: agent}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
            minReplicas: 0
            maxReplicas: 10
            demand: {preset: agent-concurrency, perReplica: "6"}
            activation: {threshold: "2", idleFor: 5m}
          ---
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata: {name: agent}
          spec:
            scaleTargetRef: {name: agent}
            maxReplicaCount: 10
            pollingInterval: 15
            cooldownPeriod: 0
            triggers:
            - type: external-push
              metadata: {scalerAddress: "agentscale:9443", policy: agent}
      - name: a step at a time
        demand: demand
        manifests: |
          apiVersion: agentscale.io/v1alpha1
          kind: ScalingPolicy
          metadata: {name: agent}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
            minReplicas: 0
            maxReplicas: 10
            demand: {preset: agent-queue-depth, perReplica: "6"}
            activation: {threshold: "2", idleFor: 5m}
            queueStep: {upAbove: 20, downBelow: 5, cooldown: 1m}
            actuation: Scale
      """;

  /** Twenty minutes of none, twenty of load and none again for the rest of two hours. */
  private static final Rates LOAD =
      new Rates(Duration.ofMinutes(1), 120, minute -> minute / 20 == 1 ? 8 : 0);

  private static ScenarioPolicy policy(Scenario scenario, String name) {
    return scenario.policies().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Score run(String name, EngineKind engine, List<TimelineRow> rows) {
    Scenario scenario = ScenarioFile.parse("from-zero.yaml", Path.of(""), YAML);
    var cluster = scenario.clusters().getFirst().cluster();
    return scenario
        .engine(engine)
        .run(
            LOAD,
            scenario.workload(),
            cluster,
            policy(scenario, name).autoscaler(cluster),
            1,
            rows::add)
        .score();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "by agentscale, FLUID",
    "by agentscale, EVENT",
    "by KEDA, FLUID",
    "by KEDA, EVENT",
    "a step at a time, FLUID",
    "a step at a time, EVENT",
  })
  void load_wakesAndIdlenessLetsSleep(String name, EngineKind engine) {
    List<TimelineRow> rows = new ArrayList<>();
    Score score = run(name, engine, rows);
    assertThat(rows.getFirst().desired()).isZero();
    Instant woken = first(rows, true, Rates.START);
    assertThat(woken).isBetween(Rates.minute(20), Rates.minute(21));
    Instant asleep = first(rows, false, woken);
    // Five minutes after the last runs have ended, and no later than the HPA takes to shrink.
    assertThat(asleep).isBetween(Rates.minute(45), Rates.minute(52));
    assertThat(rows.getLast().desired()).isZero();
    assertThat(score.runs().imbalance()).isCloseTo(0, within(1e-3));
    assertThat(score.runs().unfinished()).isLessThan(1);
    assertThat(score.coldStartPercent()).isPositive();
  }

  private static Instant first(List<TimelineRow> rows, boolean awake, Instant from) {
    return rows.stream()
        .filter(row -> row.at().isAfter(from) && (row.desired() > 0) == awake)
        .findFirst()
        .orElseThrow()
        .at();
  }

  @Test
  void sameReplay_givesTheSameRows() {
    List<TimelineRow> one = new ArrayList<>();
    List<TimelineRow> other = new ArrayList<>();
    assertThat(run("by KEDA", EngineKind.FLUID, one))
        .isEqualTo(run("by KEDA", EngineKind.FLUID, other));
    assertThat(one).isEqualTo(other);
  }
}
