// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.hpa.Behavior;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.ScalingPolicy;
import io.agentscale.core.hpa.ScalingRules;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.ForecastPlan;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.autoscale.PolicyScaling;
import io.agentscale.simulations.replay.autoscale.ScaledObjects;
import io.agentscale.simulations.replay.autoscale.Signal;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.MetricsLag.Outage;
import io.agentscale.simulations.replay.cluster.Restarts;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A restart must cost a controller what it has in memory, and nothing that is stored. */
final class RestartsTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(new Goal(new Slo.Crowded(10), MinimalReplicas.atRate(3.6)));
  private static final Cluster CLUSTER = Cluster.of(4, new Distribution.Constant(60));

  private static final HpaSpec RATE =
      Hpas.spec(2, 40, Hpas.external("http_requests_per_second", 3));

  private static Cluster restarted(Cluster cluster, Controller controller, double... minutes) {
    List<Restart> all = new ArrayList<>();
    for (double minute : minutes) {
      all.add(new Restart(controller, Duration.ofSeconds(Math.round(minute * 60))));
    }
    return cluster.withRestarts(new Restarts(all));
  }

  private static List<TimelineRow> rows(Rates rates, Cluster cluster, Autoscaler autoscaler) {
    List<TimelineRow> rows = new ArrayList<>();
    new FluidEngine(SETTINGS).run(rates, AGENT, cluster, autoscaler, 1, rows::add);
    return rows;
  }

  private static Score score(Rates rates, Cluster cluster, Autoscaler autoscaler) {
    return new FluidEngine(SETTINGS)
        .run(rates, AGENT, cluster, autoscaler, 1, TimelineListener.NONE)
        .score();
  }

  private static TimelineRow at(List<TimelineRow> rows, double minute) {
    return rows.stream()
        .filter(row -> !row.at().isBefore(Rates.minute(minute)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The controller notes the count it finds as its first recommendation, so that a new window
   * begins: see section 4 of the algorithm. What it had found before would have let go at minute
   * 45.
   */
  @Test
  void hpa_stabilizedScaleDownWaitsForAnotherWindow() {
    var hpa = new HpaScaling("hpa", RATE);
    List<TimelineRow> usual = rows(Rates.STEP, CLUSTER, hpa);
    assertThat(at(usual, 44.5).desired()).isGreaterThan(12);
    assertThat(at(usual, 47).desired()).isLessThan(8);
    List<TimelineRow> again = rows(Rates.STEP, restarted(CLUSTER, Controller.HPA, 44), hpa);
    assertThat(at(again, 48.7).desired()).isGreaterThan(12);
    assertThat(at(again, 50).desired()).isLessThan(8);
  }

  @Test
  void hpa_rateLimitsBeginAgain() {
    var slow =
        new Behavior(
            ScalingRules.SCALE_UP_DEFAULT.withPolicies(
                List.of(new ScalingPolicy(ScalingPolicy.Type.PODS, 3, 1800))),
            ScalingRules.SCALE_DOWN_DEFAULT);
    var hpa =
        new HpaScaling(
            "hpa",
            new HpaSpec(
                RATE.namespace(),
                RATE.name(),
                RATE.target(),
                RATE.minReplicas(),
                RATE.maxReplicas(),
                RATE.metrics(),
                Optional.of(slow)));
    List<TimelineRow> usual = rows(Rates.STEP, CLUSTER, hpa);
    int step = at(usual, 24).desired();
    assertThat(at(usual, 30.5).desired()).isEqualTo(step);
    List<TimelineRow> again = rows(Rates.STEP, restarted(CLUSTER, Controller.HPA, 25, 30), hpa);
    assertThat(at(again, 24).desired()).isEqualTo(step);
    assertThat(at(again, 25.5).desired()).isEqualTo(step + 3);
    assertThat(at(again, 30.5).desired()).isEqualTo(step + 6);
  }

  @Test
  void keda_pollsAtOnceAndKeepsItsCooldown() {
    Cluster asleep = Cluster.of(0, new Distribution.Constant(30));
    Rates burst = new Rates(Duration.ofMinutes(1), 120, minute -> minute / 10 == 3 ? 2 : 0);
    var keda =
        ScaledObjects.scaling(
            "pollingInterval: 300\nmaxReplicaCount: 10\ncooldownPeriod: 900",
            ScaledObjects.IN_FLIGHT);
    List<TimelineRow> usual = rows(burst, asleep, keda);
    assertThat(awake(usual).findFirst().orElseThrow().at())
        .isBetween(Rates.minute(35), Rates.minute(35.3));
    List<TimelineRow> again = rows(burst, restarted(asleep, Controller.KEDA, 32, 46, 53), keda);
    assertThat(awake(again).findFirst().orElseThrow().at())
        .isBetween(Rates.minute(32), Rates.minute(32.3));
    // Polls are at 32, 37, 42, 46, 51, 53, 58; the first 15 minutes after the last active one ends
    // it.
    assertThat(awake(again).reduce((_, last) -> last).orElseThrow().at())
        .isBetween(Rates.minute(52), Rates.minute(63));
  }

  private static Stream<TimelineRow> awake(List<TimelineRow> rows) {
    return rows.stream().filter(row -> row.desired() > 0);
  }

  @Test
  void agentscale_idleTimeBeginsAgain() {
    var policy =
        PolicyScaling.following(
                "policy",
                PolicySettings.reactive(Quantity.of(6L), new ReplicaBounds(0, 10)),
                Optional.empty())
            .withActivation(new Activation(Quantity.of(1L), Duration.ofMinutes(20)));
    Rates early = new Rates(Duration.ofMinutes(1), 120, minute -> minute < 10 ? 6 : 0);
    Instant usual =
        awake(rows(early, CLUSTER, policy)).reduce((_, last) -> last).orElseThrow().at();
    Instant again =
        awake(rows(early, restarted(CLUSTER, Controller.AGENTSCALE, 25), policy))
            .reduce((_, last) -> last)
            .orElseThrow()
            .at();
    assertThat(usual).isBetween(Rates.minute(29), Rates.minute(33));
    assertThat(again).isBetween(Rates.minute(44.5), Rates.minute(45.5));
  }

  /** In an outage the last known demand is served for a while, unless nobody remembers it. */
  @Test
  void agentscale_forgetsTheLastKnownDemand() {
    var policy =
        PolicyScaling.following(
            "policy",
            PolicySettings.reactive(Quantity.of(6L), new ReplicaBounds(2, 40)),
            Optional.empty());
    Cluster out =
        CLUSTER.withMetrics(
            MetricsLag.DEFAULT.withOutages(
                List.of(new Outage(Duration.ofMinutes(10), Duration.ofMinutes(5)))));
    assertThat(at(rows(Rates.STEP, out, policy), 10.8).reason())
        .contains("agentscale_demand(nil) asks");
    List<TimelineRow> again = rows(Rates.STEP, restarted(out, Controller.AGENTSCALE, 10.5), policy);
    assertThat(at(again, 10.3).reason()).contains("agentscale_demand(nil) asks");
    assertThat(at(again, 10.8).reason()).doesNotContain("agentscale_demand(nil) asks");
    assertThat(at(again, 10.8).desired()).isEqualTo(at(again, 10.3).desired());
  }

  @Test
  void agentscale_forecasterIsTaughtAgain() {
    var policy =
        PolicyScaling.following(
            "policy",
            PolicySettings.reactive(Quantity.of(6L), new ReplicaBounds(2, 40))
                .withForecast(new ForecastUse(0.9, new SkillGate(-9))),
            Optional.of(
                new ForecastPlan(
                    Signal.DEMAND, Duration.ofMinutes(5), Duration.ofMinutes(10), "configured")));
    Score usual = score(Rates.days(40, 3), CLUSTER, policy);
    Score again =
        score(Rates.days(40, 3), restarted(CLUSTER, Controller.AGENTSCALE, 1500, 3000), policy);
    assertThat(again.forecast().orElseThrow().outcomes())
        .isEqualTo(usual.forecast().orElseThrow().outcomes());
    assertThat(again.replicas().replicaHours())
        .isCloseTo(usual.replicas().replicaHours(), within(0.01 * usual.replicas().readyHours()));
  }

  @Test
  void restartOfAnother_changesNothing() {
    var hpa = new HpaScaling("hpa", RATE);
    Cluster others = restarted(CLUSTER, Controller.KEDA, 44);
    assertThat(rows(Rates.STEP, others, hpa)).isEqualTo(rows(Rates.STEP, CLUSTER, hpa));
    Cluster ours = restarted(CLUSTER, Controller.AGENTSCALE, 44);
    assertThat(rows(Rates.STEP, ours, hpa)).isEqualTo(rows(Rates.STEP, CLUSTER, hpa));
  }
}
