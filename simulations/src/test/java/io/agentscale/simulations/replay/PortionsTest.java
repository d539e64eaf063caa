// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.Portion;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A run or an hour that is in no part, or in two, makes a bad day look good. */
final class PortionsTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(Goal.of(AGENT.flow(), new Slo.Latency(Duration.ofSeconds(6))))
          .withWarmUp(Duration.ofHours(2));

  private static ReplayResult run(EngineKind kind, ReplaySettings settings) {
    return kind.with(settings)
        .run(
            Rates.days(20, 1),
            AGENT,
            Cluster.of(2, new Distribution.Constant(60)),
            new HpaScaling("cpu", Hpas.spec(2, 40, Hpas.cpu(85))),
            1,
            TimelineListener.NONE);
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void parts_addUpToTheWhole(EngineKind kind) {
    ReplayResult result = run(kind, SETTINGS.withPortions(Duration.ofHours(4)));
    Score score = result.score();
    assertThat(result.portions())
        .hasSize(6)
        .allSatisfy(part -> assertThat(part.late()).isNotNegative());
    Portion sum = result.portions().stream().reduce(Portion::and).orElseThrow();
    assertThat(sum.runs()).isCloseTo(score.runs().arrived(), within(1e-6));
    assertThat(100 * sum.late() / score.runs().all())
        .isCloseTo(score.latency().latePercent(), within(1e-9))
        .isPositive();
    assertThat(sum.replicaHours()).isCloseTo(score.replicas().replicaHours(), within(1e-6));
    assertThat(sum.minimalHours()).isCloseTo(score.replicas().minimalHours(), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"4,6", "5,4", "15,1", "22,1", "30,1"})
  void lastPart_isNoneOfItsOwnUnderHalf(int hours, int parts) {
    assertThat(run(EngineKind.FLUID, SETTINGS.withPortions(Duration.ofHours(hours))).portions())
        .hasSize(parts);
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void withoutParts_nothingIsDivided(EngineKind kind) {
    assertThat(run(kind, SETTINGS).portions()).isEqualTo(List.of());
  }
}
