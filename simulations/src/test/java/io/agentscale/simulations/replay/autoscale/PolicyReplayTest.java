// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.Baselines;
import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.Hpas;
import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.replay.autoscale.PolicyScaling.Actuation;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A policy must show in a replay what it is for, and what it would do to a real cluster. */
final class PolicyReplayTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(new Goal(new Slo.Crowded(10), MinimalReplicas.atRate(3.6)));
  private static final ReplicaBounds BOUNDS = new ReplicaBounds(2, 60);
  private static final Cluster SLOW_START = Cluster.of(2, new Distribution.Constant(240));

  /** A load that jumps at nine and falls at seventeen, every day. */
  private static Rates officeDays(int days) {
    return new Rates(
        Duration.ofMinutes(1),
        days * 1440L,
        minute -> {
          long hour = minute / 60 % 24;
          return hour >= 9 && hour < 17 ? 100 : 12;
        });
  }

  private static PolicySettings settings() {
    return PolicySettings.reactive(Quantity.of(6L), BOUNDS);
  }

  private static Score run(
      Engine engine, Rates rates, Autoscaler autoscaler, TimelineListener rows) {
    return engine.run(rates, AGENT, SLOW_START, autoscaler, 1, rows).score();
  }

  @Test
  void forecast_makesFewerRunsLateThanLiveDemandAlone() {
    var plan =
        new ForecastPlan(
            Signal.DEMAND, Duration.ofMinutes(5), Duration.ofMinutes(10), "configured");
    var engine = new FluidEngine(SETTINGS.withWarmUp(Duration.ofDays(4)));
    Score live =
        run(
            engine,
            officeDays(8),
            PolicyScaling.following("live", settings(), Optional.empty()),
            TimelineListener.NONE);
    Score foreseen =
        run(
            engine,
            officeDays(8),
            PolicyScaling.following(
                "foreseen",
                settings().withForecast(new ForecastUse(0.9, new SkillGate(-9))),
                Optional.of(plan)),
            TimelineListener.NONE);
    assertThat(foreseen.latency().latePercent()).isLessThan(0.5 * live.latency().latePercent());
    assertThat(foreseen.forecast()).isPresent();
    assertThat(foreseen.forecast().get().outcomes()).isGreaterThan(1000);
    assertThat(live.forecast()).isEmpty();
  }

  @Test
  void exactFloor_isFollowedWithoutDeadBand() {
    List<TimelineRow> rows = new ArrayList<>();
    PolicyScaling policy = PolicyScaling.following("policy", settings(), Optional.empty());
    var engine = new FluidEngine(SETTINGS);
    run(engine, Rates.days(100, 1), policy.withActuation(Actuation.EXACT_FLOOR), rows::add);
    Score metric = run(engine, Rates.days(100, 1), policy, TimelineListener.NONE);
    assertThat(rows).allSatisfy(row -> assertThat(row.reason()).startsWith("policy "));
    long moves = 0;
    for (int i = 1; i < rows.size(); i++) {
      moves += rows.get(i).desired() == rows.get(i - 1).desired() ? 0 : 1;
    }
    assertThat(moves).isGreaterThan(metric.restlessness().scaleActions());
  }

  @Test
  void keda_wakesFromZeroAndSleepsAgain() {
    var hpa = new HpaScaling("hpa", Hpas.spec(1, 10, Hpas.pods("agent_active_count", 6)));
    var keda =
        new KedaScaling(
            "keda", hpa, Signal.DEMAND, 0, Duration.ofSeconds(30), Duration.ofMinutes(5));
    List<TimelineRow> rows = new ArrayList<>();
    var burst = new Rates(Duration.ofMinutes(1), 120, minute -> minute / 10 == 3 ? 2 : 0);
    Score score =
        new FluidEngine(SETTINGS)
            .run(burst, AGENT, Cluster.of(0, new Distribution.Constant(30)), keda, 1, rows::add)
            .score();
    assertThat(rows.getFirst().desired()).isZero();
    assertThat(rows.stream().mapToInt(TimelineRow::desired).max().orElseThrow()).isPositive();
    assertThat(rows.getLast().desired()).isZero();
    assertThat(rows).anySatisfy(row -> assertThat(row.reason()).startsWith("woken by demand"));
    assertThat(score.replicas().replicaHours()).isBetween(0.2, 1.0);
    assertThat(score.runs().unfinished()).isLessThan(1);
  }

  @Test
  void baselines_standWhereTheyShould() {
    Rates day = Rates.days(100, 1);
    List<Score> scores = new ArrayList<>();
    for (Autoscaler autoscaler : Baselines.usual(day, SETTINGS.goal().minimal(), BOUNDS, 6)) {
      scores.add(run(new FluidEngine(SETTINGS), day, autoscaler, TimelineListener.NONE));
    }
    Score peak = scores.getFirst();
    Score oracle = scores.getLast();
    assertThat(peak.latency().latePercent()).isLessThan(0.5);
    assertThat(oracle.replicas().costRatio()).isBetween(1.0, 1.15);
    for (Score reactive : scores.subList(1, scores.size() - 1)) {
      assertThat(reactive.replicas().replicaHours())
          .isLessThan(peak.replicas().replicaHours())
          .isGreaterThan(oracle.replicas().replicaHours());
      assertThat(reactive.restlessness().scaleActions()).isPositive();
    }
  }

  @Test
  void forecastWithoutPlan_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PolicyScaling.following(
                    "p", settings().withForecast(ForecastUse.DEFAULT), Optional.empty()))
        .withMessageContaining("forecast: must say how to forecast");
  }
}
