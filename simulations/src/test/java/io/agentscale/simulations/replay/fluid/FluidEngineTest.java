// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.EngineComparison;
import io.agentscale.simulations.replay.Hpas;
import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.FixedReplicas;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.event.EventEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.PodModel.Tokens;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.ProviderLimit;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tuning believes the fluid engine, so it must say what the request-level one says. */
final class FluidEngineTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final Goal GOAL =
      new Goal(new Slo.Latency(Duration.ofMillis(5100)), MinimalReplicas.atRate(3.6));
  private static final ReplaySettings SETTINGS = ReplaySettings.of(GOAL);
  private static final Engine FLUID = new FluidEngine(SETTINGS);
  private static final Engine EVENT = new EventEngine(SETTINGS);

  private static EngineComparison compare(
      Traffic traffic, Workload workload, int replicas, Autoscaler autoscaler) {
    Cluster cluster = Cluster.of(replicas, new Distribution.Constant(60));
    return EngineComparison.of(FLUID, EVENT, traffic, workload, cluster, autoscaler, 1);
  }

  /** Replicas, requests a second each, and how far the late share and the p99 may be apart. */
  @ParameterizedTest
  @CsvSource({"1,3.0,0.2,8", "1,3.6,0.6,8", "4,3.6,0.2,6", "4,4.2,0.5,6", "16,4.2,0.2,5"})
  void steadyLoad_isLateAsOften(int replicas, double each, double points, double p99Percent) {
    EngineComparison comparison =
        compare(
            Rates.steady(replicas * each, Duration.ofHours(160 / replicas)),
            AGENT,
            replicas,
            new FixedReplicas("fixed", replicas));
    assertThat(comparison.latePoints()).isCloseTo(0, within(points));
    assertThat(comparison.p99Percent()).isCloseTo(0, within(p99Percent));
    assertThat(comparison.replicaHoursPercent()).isCloseTo(0, within(0.01));
  }

  @Test
  void dayWithAnHpa_costsAndLatesAlike() {
    var autoscaler =
        new HpaScaling("in-flight", Hpas.spec(2, 40, Hpas.pods("agent_active_count", 8)));
    EngineComparison comparison = compare(Rates.days(50, 1), AGENT, 2, autoscaler);
    assertThat(comparison.latePoints()).isCloseTo(0, within(0.3));
    assertThat(comparison.replicaHoursPercent()).isCloseTo(0, within(5.0));
  }

  @Test
  void runsShorterThanTicks_areInFlightAsLittleSays() {
    PodModel quick =
        PodModel.of(
                "quick",
                8,
                new Distribution.Lognormal(0.02, 0.3),
                new Distribution.Lognormal(0.01, 0.3))
            .withCap(50);
    EngineComparison comparison =
        compare(
            Rates.steady(300, Duration.ofHours(1)),
            Workload.of(quick),
            1,
            new FixedReplicas("fixed", 1));
    assertThat(comparison.p99Percent()).isCloseTo(0, within(15.0));
    assertThat(comparison.one().score().runs().unfinished()).isLessThan(40);
  }

  /** Five minutes of more than a pod can do, then less: the line grows and goes away again. */
  @Test
  void overload_linesAndWaitsAreAsLong() {
    Rates burst = new Rates(Duration.ofMinutes(1), 60, minute -> minute / 5 == 2 ? 9 : 2);
    EngineComparison comparison = compare(burst, AGENT, 1, new FixedReplicas("fixed", 1));
    Score.Waiting fluid = comparison.one().score().waiting();
    Score.Waiting event = comparison.other().score().waiting();
    assertThat(event.most()).isGreaterThan(1000);
    assertThat(fluid.most()).isCloseTo(event.most(), within(0.1 * event.most()));
    assertThat(fluid.longestMillis())
        .isCloseTo(event.longestMillis(), within(0.1 * event.longestMillis()));
  }

  @Test
  void noOverload_nobodyWaits() {
    EngineComparison comparison =
        compare(Rates.steady(2, Duration.ofHours(1)), AGENT, 4, new FixedReplicas("fixed", 4));
    assertThat(comparison.one().score().waiting()).isEqualTo(new Score.Waiting(0, 0));
    assertThat(comparison.other().score().waiting()).isEqualTo(new Score.Waiting(0, 0));
  }

  @Test
  void quotaOfTheProvider_holdsRunsHoweverManyReplicas() {
    PodModel pod = PodPresets.agentPod().withTokens(new Tokens(1000, 0, 0));
    Workload limited =
        new Workload(pod, Workload.Balancing.FEWEST_RUNS, Optional.of(ProviderLimit.of(600_000)));
    for (Engine engine : new Engine[] {FLUID, EVENT}) {
      Score score =
          engine
              .run(
                  Rates.steady(15, Duration.ofHours(1)),
                  limited,
                  Cluster.of(40, new Distribution.Constant(60)),
                  new FixedReplicas("fixed", 40),
                  1,
                  TimelineListener.NONE)
              .score();
      // 10 a second are fed.
      assertThat(score.runs().served()).as(engine.name()).isBetween(34_000.0, 38_000.0);
      assertThat(score.latency().latePercent()).as(engine.name()).isGreaterThan(90);
    }
  }

  @Test
  void run_sameSeed_sameResult() {
    Cluster cluster = Cluster.of(2, new Distribution.Lognormal(60, 0.4));
    var autoscaler = new HpaScaling("cpu", Hpas.spec(2, 40, Hpas.cpu(60)));
    var one = FLUID.run(Rates.days(40, 1), AGENT, cluster, autoscaler, 9, TimelineListener.NONE);
    var again = FLUID.run(Rates.days(40, 1), AGENT, cluster, autoscaler, 9, TimelineListener.NONE);
    assertThat(again).isEqualTo(one);
  }
}
