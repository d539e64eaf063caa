// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.MetricsLag.Outage;
import io.agentscale.simulations.replay.event.EventEngine;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sleep saves money and makes those wait who wake the workload; a replay must show both. */
final class KedaReplayTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(
          new Goal(new Slo.Latency(Duration.ofSeconds(6)), MinimalReplicas.atRate(3.6)));
  private static final Cluster ASLEEP = Cluster.of(0, new Distribution.Constant(30));

  /** Ten minutes of load after half an hour of none, then none again. */
  private static final Rates BURST =
      new Rates(Duration.ofMinutes(1), 120, minute -> minute / 10 == 3 ? 2 : 0);

  static Stream<Engine> engines() {
    return Stream.of(new FluidEngine(SETTINGS), new EventEngine(SETTINGS));
  }

  private static Score run(
      Engine engine, Rates rates, Cluster cluster, Autoscaler keda, TimelineListener rows) {
    return engine.run(rates, AGENT, cluster, keda, 1, rows).score();
  }

  private static List<TimelineRow> rows(Rates rates, Cluster cluster, Autoscaler keda) {
    List<TimelineRow> rows = new ArrayList<>();
    run(new FluidEngine(SETTINGS), rates, cluster, keda, rows::add);
    return rows;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void fromZeroAndBack_losesNoRunAndScoresTheColdStart(Engine engine) {
    List<TimelineRow> rows = new ArrayList<>();
    Score score =
        run(
            engine,
            BURST,
            ASLEEP,
            ScaledObjects.scaling("maxReplicaCount: 10", ScaledObjects.IN_FLIGHT),
            rows::add);
    assertThat(rows.getFirst().desired()).isZero();
    assertThat(rows.stream().mapToInt(TimelineRow::desired).max().orElseThrow()).isPositive();
    assertThat(rows.getLast().desired()).isZero();
    assertThat(rows).anySatisfy(row -> assertThat(row.reason()).startsWith("woken"));
    // Who comes while there is no pod waits for one, and is served.
    assertThat(rows).anySatisfy(row -> assertThat(row.queued()).isPositive());
    assertThat(score.runs().imbalance()).isCloseTo(0, within(1e-3));
    assertThat(score.runs().unfinished()).isLessThan(1);
    assertThat(score.latency().latePercent()).isPositive();
    assertThat(score.coldStartPercent()).isPositive();
    assertThat(score.replicas().replicaHours()).isBetween(0.2, 1.5);
  }

  @Test
  void engines_agreeOnWhatSleepCosts() {
    KedaScaling keda = ScaledObjects.scaling("maxReplicaCount: 10", ScaledObjects.IN_FLIGHT);
    Rates bursts = new Rates(Duration.ofMinutes(1), 720, minute -> minute % 60 / 15 == 1 ? 6 : 0);
    Score fluid = run(new FluidEngine(SETTINGS), bursts, ASLEEP, keda, TimelineListener.NONE);
    Score event = run(new EventEngine(SETTINGS), bursts, ASLEEP, keda, TimelineListener.NONE);
    assertThat(fluid.replicas().replicaHours())
        .isCloseTo(event.replicas().replicaHours(), within(0.1 * event.replicas().replicaHours()));
    assertThat(fluid.latency().latePercent())
        .isCloseTo(event.latency().latePercent(), within(0.15 * event.latency().latePercent()));
    assertThat(fluid.coldStartPercent()).isCloseTo(event.coldStartPercent(), within(3.0));
  }

  @Test
  void sameReplay_givesTheSameRows() {
    KedaScaling keda = ScaledObjects.scaling("maxReplicaCount: 10", ScaledObjects.IN_FLIGHT);
    assertThat(rows(BURST, ASLEEP, keda)).isEqualTo(rows(BURST, ASLEEP, keda));
  }

  @Test
  void activationThreshold_mustBeExceeded() {
    String above = ScaledObjects.query("rate", "threshold: '2', activationThreshold: '1'");
    String of = ScaledObjects.query("rate", "threshold: '2', activationThreshold: '0.5'");
    Rates low = Rates.steady(0.8, Duration.ofHours(1));
    assertThat(rows(low, ASLEEP, ScaledObjects.scaling("cooldownPeriod: 7200", of)))
        .anySatisfy(row -> assertThat(row.desired()).isPositive());
    long awake =
        rows(low, ASLEEP, ScaledObjects.scaling("cooldownPeriod: 0", above)).stream()
            .filter(row -> row.desired() > 0)
            .count();
    // Arrivals are random: now and then there is more than one a second for half a minute.
    assertThat(awake).isLessThan(120);
  }

  @Test
  void pollingInterval_isWhatWakingWaitsFor() {
    String fields = "pollingInterval: 300\nmaxReplicaCount: 10";
    List<TimelineRow> rows =
        rows(BURST, ASLEEP, ScaledObjects.scaling(fields, ScaledObjects.IN_FLIGHT));
    Instant woken = rows.stream().filter(row -> row.desired() > 0).findFirst().orElseThrow().at();
    // The load begins at minute 30, which a poll just misses, and the next is at 35.
    assertThat(woken).isBetween(Rates.minute(35), Rates.minute(35.3));
  }

  @Test
  void push_wakesWithoutWaitingForThePoll() {
    String push =
        "{type: external-push, metadata: {scalerAddress: a, metric: agent_runs_in_flight,"
            + " target: '6'}}";
    // What no pod serves is not in flight: the push is on those that wait.
    String waiting = push.replace("agent_runs_in_flight", "http_requests_waiting");
    List<TimelineRow> rows =
        rows(BURST, ASLEEP, ScaledObjects.scaling("pollingInterval: 3600", waiting));
    Instant woken = rows.stream().filter(row -> row.desired() > 0).findFirst().orElseThrow().at();
    assertThat(woken).isBetween(Rates.minute(30), Rates.minute(30.8));
  }

  @Test
  void cachedMetric_isAsOldAsTheLastPoll() {
    String cached = ScaledObjects.IN_FLIGHT.replace("}}", "}, useCachedMetrics: true}");
    Rates step = new Rates(Duration.ofMinutes(1), 30, minute -> minute < 11 ? 1 : 20);
    String fields = "minReplicaCount: 1\nmaxReplicaCount: 20\npollingInterval: 600";
    Cluster awake = Cluster.of(1, new Distribution.Constant(30));
    assertThat(firstAbove(rows(step, awake, ScaledObjects.scaling(fields, cached))))
        .isAfter(Rates.minute(20));
    assertThat(
            firstAbove(rows(step, awake, ScaledObjects.scaling(fields, ScaledObjects.IN_FLIGHT))))
        .isBefore(Rates.minute(12));
  }

  private static Instant firstAbove(List<TimelineRow> rows) {
    return rows.stream().filter(row -> row.desired() > 2).findFirst().orElseThrow().at();
  }

  @Test
  void cronWindow_holdsItsReplicasAndSleepsAfterTheCooldown() {
    String window =
        "{type: cron, metadata: {timezone: UTC, start: '10 0 * * *', end: '40 0 * * *',"
            + " desiredReplicas: '4'}}";
    List<TimelineRow> rows =
        rows(
            Rates.steady(0, Duration.ofHours(2)),
            ASLEEP,
            ScaledObjects.scaling("cooldownPeriod: 60", window));
    for (TimelineRow row : rows) {
      if (row.at().isBefore(Rates.minute(10)) || row.at().isAfter(Rates.minute(42))) {
        assertThat(row.desired()).as(row.at().toString()).isZero();
      } else if (row.at().isAfter(Rates.minute(11)) && row.at().isBefore(Rates.minute(40))) {
        assertThat(row.desired()).as(row.at().toString()).isEqualTo(4);
      }
    }
  }

  @Test
  void outage_isNotTakenForIdle() {
    Cluster out = ASLEEP.withInitialReplicas(3).withMetrics(outage());
    Rates steady = Rates.steady(6, Duration.ofMinutes(60));
    List<TimelineRow> held =
        during(rows(steady, out, ScaledObjects.scaling("", ScaledObjects.IN_FLIGHT)));
    assertThat(held).allSatisfy(row -> assertThat(row.desired()).isPositive());
    assertThat(held.stream().mapToInt(TimelineRow::desired).distinct().count()).isEqualTo(1);
    List<TimelineRow> fallback =
        during(
            rows(
                steady,
                out,
                ScaledObjects.scaling(
                    "fallback: {failureThreshold: 3, replicas: 9}", ScaledObjects.IN_FLIGHT)));
    assertThat(fallback.getLast().desired()).isEqualTo(9);
  }

  /** Returns the rows of an outage after its first two minutes. */
  private static List<TimelineRow> during(List<TimelineRow> rows) {
    return rows.stream()
        .filter(row -> row.at().isAfter(Rates.minute(22)) && row.at().isBefore(Rates.minute(40)))
        .toList();
  }

  private static MetricsLag outage() {
    return MetricsLag.DEFAULT.withOutages(
        List.of(new Outage(Duration.ofMinutes(20), Duration.ofMinutes(20))));
  }
}
