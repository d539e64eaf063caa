// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import io.agentscale.simulations.replay.Baselines;
import io.agentscale.simulations.replay.Engine;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** 21 are within the tolerance of 20: a metric alone does not move the HPA. */
  @Test
  void exactFloor_isFollowedWithoutDeadBand() {
    List<TimelineRow> metric = rows(floor(21), Actuation.METRIC);
    List<TimelineRow> exact = rows(floor(21), Actuation.EXACT_FLOOR);
    assertThat(exact).allSatisfy(row -> assertThat(row.reason()).startsWith("policy "));
    assertThat(metric.getLast().desired()).isEqualTo(20);
    assertThat(exact.getLast().desired()).isEqualTo(21);
  }

  private static List<TimelineRow> rows(PolicySettings settings, Actuation actuation) {
    List<TimelineRow> rows = new ArrayList<>();
    PolicyScaling policy = PolicyScaling.following("policy", settings, Optional.empty());
    new FluidEngine(SETTINGS)
        .run(
            Rates.steady(1, Duration.ofHours(1)),
            AGENT,
            SLOW_START.withInitialReplicas(20),
            policy.withActuation(actuation),
            1,
            rows::add);
    return rows;
  }

  private static PolicySettings floor(int replicas) {
    var always =
        new Schedule(
            "always",
            ZoneId.of("UTC"),
            Start.at("2026-01-01T00:00"),
            new End.After(Duration.ofDays(300)),
            Target.floor(replicas),
            Duration.ZERO,
            List.of());
    return PolicySettings.of(
        Quantity.of(6L),
        new SchedulePlan(new Baseline(BOUNDS.min(), BOUNDS.max()), List.of(always), Map.of()));
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
