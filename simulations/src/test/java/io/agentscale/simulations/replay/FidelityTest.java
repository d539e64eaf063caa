// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.hpa.Behavior;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.core.hpa.ScalingPolicy;
import io.agentscale.core.hpa.ScalingRules;
import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.autoscale.ObservationLog;
import io.agentscale.simulations.replay.autoscale.Signals;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.MetricsLag.Outage;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A replay without the delays and limits of a real cluster makes every autoscaler look better than
 * it is; each of them has to show in the decisions.
 */
final class FidelityTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(new Goal(new Slo.Crowded(10), MinimalReplicas.atRate(3.6)));
  private static final Cluster CLUSTER = Cluster.of(4, new Distribution.Constant(60));

  private static final MetricSpec IN_FLIGHT = Hpas.pods("agent_active_count", 6);
  private static final MetricSpec RATE = Hpas.external("http_requests_per_second", 3);

  private static List<TimelineRow> rows(Rates rates, Cluster cluster, HpaSpec hpa) {
    return rows(rates, cluster, hpa, Dialect.V1_28);
  }

  private static List<TimelineRow> rows(
      Rates rates, Cluster cluster, HpaSpec hpa, Dialect dialect) {
    List<TimelineRow> rows = new ArrayList<>();
    var scaling =
        new HpaScaling(
            "hpa",
            hpa,
            HpaSettings.DEFAULT.withDialect(dialect),
            Signals.DEFAULT,
            ObservationLog.NONE);
    new FluidEngine(SETTINGS).run(rates, AGENT, cluster, scaling, 1, rows::add);
    return rows;
  }

  private static TimelineRow at(List<TimelineRow> rows, double minute) {
    return rows.stream()
        .filter(row -> !row.at().isBefore(Rates.minute(minute)))
        .findFirst()
        .orElseThrow();
  }

  private static Instant firstAbove(List<TimelineRow> rows, int replicas) {
    return rows.stream().filter(row -> row.desired() > replicas).findFirst().orElseThrow().at();
  }

  private static HpaSpec with(HpaSpec hpa, Behavior behavior) {
    return new HpaSpec(
        hpa.namespace(),
        hpa.name(),
        hpa.target(),
        hpa.minReplicas(),
        hpa.maxReplicas(),
        hpa.metrics(),
        Optional.of(behavior));
  }

  @Test
  void decisions_areMadeAtTheirPhaseOfTheInterval() {
    List<TimelineRow> rows = rows(Rates.STEP, CLUSTER, Hpas.spec(2, 40, IN_FLIGHT));
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).at()).isEqualTo(Rates.START.plusSeconds(7 + 15L * i));
    }
  }

  @Test
  void load_isSeenAsLateAsMetricsCome() {
    HpaSpec hpa = Hpas.spec(2, 40, RATE);
    assertThat(firstAbove(rows(Rates.STEP, CLUSTER, hpa), 6)).isBefore(Rates.minute(20.9));
    MetricsLag late =
        new MetricsLag(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ZERO,
            List.of());
    assertThat(firstAbove(rows(Rates.STEP, CLUSTER.withMetrics(late), hpa), 6))
        .isBetween(Rates.minute(21.5), Rates.minute(22.5));
  }

  @Test
  void rates_areMeansOverTheirWindow() {
    MetricsLag smooth =
        new MetricsLag(
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ZERO,
            List.of());
    HpaSpec hpa = Hpas.spec(2, 40, RATE);
    assertThat(firstAbove(rows(Rates.STEP, CLUSTER.withMetrics(smooth), hpa), 14))
        .isAfter(firstAbove(rows(Rates.STEP, CLUSTER, hpa), 14).plusSeconds(120));
  }

  @Test
  void gauges_areMeansOverTheirWindow() {
    MetricsLag smooth =
        new MetricsLag(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            List.of());
    HpaSpec hpa = Hpas.spec(2, 40, IN_FLIGHT);
    assertThat(firstAbove(rows(Rates.STEP, CLUSTER.withMetrics(smooth), hpa), 6))
        .isAfter(firstAbove(rows(Rates.STEP, CLUSTER, hpa), 6).plusSeconds(30));
  }

  private static int moves(List<TimelineRow> rows) {
    int moves = 0;
    for (int i = 1; i < rows.size(); i++) {
      moves += rows.get(i).desired() == rows.get(i - 1).desired() ? 0 : 1;
    }
    return moves;
  }

  @Test
  void tolerance_isADeadBand() {
    MetricSpec near = Hpas.external("http_requests_per_second", 3);
    // 12.5 requests/s are 3.1 for each of four pods: within a tenth of 3, but for noise.
    List<TimelineRow> rows =
        rows(Rates.steady(12.5, Duration.ofHours(1)), smooth(), Hpas.spec(2, 40, near));
    assertThat(moves(rows)).isZero();
    List<TimelineRow> beyond =
        rows(Rates.steady(14.5, Duration.ofHours(1)), smooth(), Hpas.spec(2, 40, near));
    assertThat(at(beyond, 10).desired()).isEqualTo(5);
  }

  private static Cluster smooth() {
    return CLUSTER.withMetrics(
        new MetricsLag(
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            List.of()));
  }

  @Test
  void scaleUp_keepsToItsPolicies() {
    var slow =
        new Behavior(
            ScalingRules.SCALE_UP_DEFAULT.withPolicies(
                List.of(new ScalingPolicy(ScalingPolicy.Type.PODS, 2, 60))),
            ScalingRules.SCALE_DOWN_DEFAULT);
    List<TimelineRow> rows = rows(Rates.STEP, CLUSTER, with(Hpas.spec(2, 40, RATE), slow));
    for (int i = 4; i < rows.size(); i++) {
      assertThat(rows.get(i).desired() - rows.get(i - 4).desired()).isLessThanOrEqualTo(2);
    }
    assertThat(rows.stream().mapToInt(TimelineRow::desired).max().orElseThrow()).isGreaterThan(12);
  }

  @Test
  void scaleDown_waitsForItsWindow() {
    List<TimelineRow> usual = rows(Rates.STEP, CLUSTER, Hpas.spec(2, 40, RATE));
    assertThat(at(usual, 44.5).desired()).isGreaterThan(12);
    assertThat(at(usual, 47).desired()).isLessThan(8);
    var eager =
        new Behavior(
            ScalingRules.SCALE_UP_DEFAULT,
            ScalingRules.SCALE_DOWN_DEFAULT.withStabilizationWindowSeconds(0));
    List<TimelineRow> rows = rows(Rates.STEP, CLUSTER, with(Hpas.spec(2, 40, RATE), eager));
    assertThat(at(rows, 42).desired()).isLessThan(8);
  }

  @Test
  void scaleUp_waitsForItsWindow() {
    var patient =
        new Behavior(
            ScalingRules.SCALE_UP_DEFAULT.withStabilizationWindowSeconds(300),
            ScalingRules.SCALE_DOWN_DEFAULT);
    List<TimelineRow> rows = rows(Rates.STEP, CLUSTER, with(Hpas.spec(2, 40, RATE), patient));
    assertThat(at(rows, 24.5).desired()).isLessThan(8);
    assertThat(at(rows, 27).desired()).isGreaterThan(12);
  }

  @Test
  void tolerance_mayBeOfOneDirection() {
    var eager =
        new Behavior(
            ScalingRules.SCALE_UP_DEFAULT.withTolerance(0), ScalingRules.SCALE_DOWN_DEFAULT);
    Rates near = Rates.steady(12.5, Duration.ofHours(1));
    HpaSpec hpa = Hpas.spec(2, 40, Hpas.external("http_requests_per_second", 3));
    assertThat(at(rows(near, smooth(), hpa, Dialect.V1_35), 30).desired()).isEqualTo(4);
    List<TimelineRow> rows = rows(near, smooth(), with(hpa, eager), Dialect.V1_35);
    assertThat(at(rows, 30).desired()).isEqualTo(5);
  }

  @Test
  void severalMetrics_theLargestCountsAndAnUnknownOneHoldsScaleDown() {
    MetricSpec latency =
        new MetricSpec(
            new MetricSource.ExternalMetric(
                new MetricIdentifier("ai_llm_response_time_p99_seconds", Optional.empty())),
            MetricTarget.value(Quantity.of(1000L)));
    Rates nothing = Rates.steady(0, Duration.ofHours(1));
    assertThat(rows(nothing, CLUSTER, Hpas.spec(2, 40, RATE)).getLast().desired()).isEqualTo(2);
    // Without a run that ended there is no latency, and without that no scale-down.
    assertThat(rows(nothing, CLUSTER, Hpas.spec(2, 40, RATE, latency)).getLast().desired())
        .isEqualTo(4);
    assertThat(at(rows(Rates.STEP, CLUSTER, Hpas.spec(2, 40, RATE, latency)), 25).desired())
        .isGreaterThan(12);
  }

  @Test
  void outage_holdsWhatThereIs() {
    Cluster out =
        CLUSTER.withMetrics(
            MetricsLag.DEFAULT.withOutages(
                List.of(new Outage(Duration.ofMinutes(30), Duration.ofMinutes(30)))));
    List<TimelineRow> rows = rows(Rates.STEP, out, Hpas.spec(2, 40, RATE));
    assertThat(at(rows, 59).desired()).isEqualTo(at(rows, 30.5).desired()).isGreaterThan(12);
    assertThat(at(rows, 67).desired()).isLessThan(8);
  }

  @Test
  void creationDelay_shiftsReadyAndIsSeenInTheStatus() {
    Cluster late =
        CLUSTER.withStartUp(CLUSTER.startUp().withCreation(new Distribution.Constant(45)));
    HpaSpec hpa = Hpas.spec(2, 40, RATE);
    assertThat(readyAbove(rows(Rates.STEP, late, hpa), 6))
        .isEqualTo(readyAbove(rows(Rates.STEP, CLUSTER, hpa), 6).plusSeconds(45));
    List<ScaleReading.Scale> scales = new ArrayList<>();
    var logged =
        new HpaScaling("hpa", hpa)
            .withLog((now, seen, replicas) -> scales.add((ScaleReading.Scale) seen.scale()));
    new FluidEngine(SETTINGS).run(Rates.STEP, AGENT, late, logged, 1, TimelineListener.NONE);
    assertThat(scales).anySatisfy(s -> assertThat(s.statusReplicas()).isLessThan(s.specReplicas()));
    assertThat(scales.getLast().statusReplicas()).isEqualTo(scales.getLast().specReplicas());
  }

  private static Instant readyAbove(List<TimelineRow> rows, int replicas) {
    return rows.stream().filter(row -> row.ready() > replicas).findFirst().orElseThrow().at();
  }

  @Test
  void podsThatStart_countAsIdleForPodsMetricsAndAreCountedForAverages() {
    Cluster slow = Cluster.of(4, new Distribution.Constant(1800));
    // An average is over all replicas, ready or not: the HPA knows that help is on its way.
    assertThat(at(rows(Rates.STEP, slow, Hpas.spec(2, 40, RATE)), 39).desired()).isBetween(14, 20);
    // A value is scaled by those ready: four pods, four times too much, sixteen.
    MetricSpec value =
        new MetricSpec(
            new MetricSource.ExternalMetric(
                new MetricIdentifier("http_requests_per_second", Optional.empty())),
            MetricTarget.value(Quantity.of(12L)));
    assertThat(at(rows(Rates.STEP, slow, Hpas.spec(2, 40, value)), 39).desired()).isBetween(14, 26);
    // Each of four pods has its cap of twelve runs, six too many; those that start have none.
    assertThat(at(rows(Rates.STEP, slow, Hpas.spec(2, 40, IN_FLIGHT)), 25).desired())
        .isBetween(7, 10);
  }
}
