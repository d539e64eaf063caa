// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.Nodes;
import io.agentscale.simulations.replay.cluster.Restarts;
import io.agentscale.simulations.replay.cluster.StartUp;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backtest that knows the future, or decides otherwise than the service, promises too much. */
final class PolicyReplayTest {
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final int DAY = 5760;
  private static final Cluster CLUSTER = Cluster.of(2, new Distribution.Constant(60));

  private static final String POLICY =
      """
      apiVersion: agentscale.io/v1alpha1
      kind: ScalingPolicy
      metadata: {name: coder, namespace: prod}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
        minReplicas: 2
        maxReplicas: 40
        demand: {preset: agent-concurrency, perReplica: "10"}
        schedules:
        - name: workday
          timeZone: Etc/UTC
          start: "45 8 * * *"
          duration: 8h
          replicas: {floor: 6}
        forecast: {history: 7d, lead: 5m, quantile: 0.9, minSkill: -1}
      """;

  @TempDir private Path directory;

  private TestedPolicy policy(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("policy.yaml"), yaml);
    return TestedPolicy.read(file, Map.of(), Duration.ofMinutes(1));
  }

  private static Replayed replay(TestedPolicy policy, Recording demand, Cluster cluster) {
    return PolicyReplay.run(
        demand,
        demand.start(),
        policy.replayed().autoscaler(cluster),
        policy.definition().settings().forecast(),
        cluster);
  }

  private static Recording recording(double[] values) {
    return new Recording(Rates.START, STEP, values);
  }

  /** Days that swing, with noise and some steps nobody measured. */
  private static double[] days(int days, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[days * DAY];
    for (int i = 0; i < values.length; i++) {
      double swing = 60 - 50 * Math.cos(2 * Math.PI * i / DAY);
      values[i] = random.nextInt(50) == 0 ? Double.NaN : swing * (0.8 + 0.4 * random.nextDouble());
    }
    return values;
  }

  @Test
  void decisions_doNotChangeWithTheFuture() throws IOException {
    TestedPolicy policy = policy(POLICY);
    SplittableRandom random = new SplittableRandom(7);
    double[] values = days(3, 1);
    List<DecisionRow> before = replay(policy, recording(values), CLUSTER).decisions();
    for (int round = 0; round < 4; round++) {
      int now = DAY + random.nextInt(2 * DAY - 40);
      double[] other = values.clone();
      for (int i = now + 1; i < other.length; i++) {
        other[i] = random.nextInt(5) == 0 ? Double.NaN : 400 * random.nextDouble();
      }
      List<DecisionRow> after = replay(policy, recording(other), CLUSTER).decisions();
      Instant last = Rates.START.plus(STEP.multipliedBy(now + 1));
      assertThat(until(after, last)).isEqualTo(until(before, last));
      // The test can fail: what comes later does matter later.
      assertThat(after).isNotEqualTo(before);
    }
  }

  private static List<DecisionRow> until(List<DecisionRow> rows, Instant last) {
    return rows.stream().filter(row -> row.state().at().isBefore(last)).toList();
  }

  @Test
  void decisions_areThoseOfTheSimulatorThatMeetsTheSameDemand() throws IOException {
    TestedPolicy policy = policy(POLICY);
    // Tasks are over well before the next decision, so that none drains at a scrape.
    var workload = Workload.of(PodPresets.queueWorker(new Distribution.Constant(0.5), 40));
    Cluster cluster =
        new Cluster(
            2,
            StartUp.of(new Distribution.Constant(60)),
            Nodes.ENDLESS,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Cluster.ScaleIn.NEWEST,
            new MetricsLag(STEP, Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO, List.of()),
            STEP,
            Duration.ZERO,
            Restarts.NONE);
    Autoscaler autoscaler = policy.replayed().autoscaler(cluster);
    List<TimelineRow> simulated = new ArrayList<>();
    new FluidEngine(ReplaySettings.of(new Goal(new Slo.Crowded(40), MinimalReplicas.atRate(20))))
        .run(Rates.days(200, 2), workload, cluster, autoscaler, 1, simulated::add);
    Recording demand = recording(simulated.stream().mapToDouble(TimelineRow::demand).toArray());
    List<DecisionRow> replayed = replay(policy, demand, cluster).decisions();
    assertThat(simulated.stream().mapToInt(TimelineRow::desired).distinct().count())
        .isGreaterThan(5);
    for (int i = 0; i < simulated.size(); i++) {
      TimelineRow here = replayed.get(i).state();
      TimelineRow there = simulated.get(i);
      assertThat(here.at()).isEqualTo(there.at());
      assertThat(here.desired())
          .as("at %s: %s", here.at(), here.reason())
          .isEqualTo(there.desired());
      assertThat(here.ready()).isEqualTo(there.ready());
      assertThat(here.reason()).isEqualTo(there.reason());
    }
  }

  @Test
  void demandNobodyMeasured_isNotTakenForNone() throws IOException {
    double[] values = new double[DAY];
    Arrays.fill(values, 95);
    Arrays.fill(values, DAY / 2, DAY, Double.NaN);
    Replayed replayed = replay(policy(POLICY), recording(values), CLUSTER);
    assertThat(replayed.decisions().getLast().state().desired()).isEqualTo(10);
    assertThat(replayed.replicas().ready().value(DAY - 1)).isEqualTo(10);
    assertThat(replayed.decisions().getLast().state().demand()).isNaN();
  }

  @Test
  void ownScale_isSteppedByTheDemand() throws IOException {
    String yaml =
        """
        apiVersion: agentscale.io/v1alpha1
        kind: ScalingPolicy
        metadata: {name: worker, namespace: prod}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
          minReplicas: 1
          maxReplicas: 4
          demand: {preset: agent-queue-depth, perReplica: "5"}
          actuation: Scale
        """;
    double[] values = new double[240];
    Arrays.fill(values, 0, 120, 50);
    Arrays.fill(values, 120, 180, Double.NaN);
    List<DecisionRow> rows = replay(policy(yaml), recording(values), CLUSTER).decisions();
    assertThat(rows.get(119).state().desired()).isEqualTo(4);
    assertThat(rows.get(178).state().desired()).isEqualTo(4);
    assertThat(rows.get(239).state().desired()).isLessThan(4);
  }

  @Test
  void metricsThatWereNotRecorded_areLeftOut_andSaid() throws IOException {
    TestedPolicy policy =
        policy(
            POLICY
                + """
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: coder, namespace: prod}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
                  minReplicas: 3
                  maxReplicas: 8
                  metrics:
                  - type: External
                    external:
                      metric: {name: agentscale_demand}
                      target: {type: AverageValue, averageValue: "10"}
                  - type: Resource
                    resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
                  behavior:
                    scaleDown: {stabilizationWindowSeconds: 3600}
                """);
    assertThat(policy.notes()).singleElement().asString().contains("were not recorded");
    double[] values = new double[400];
    Arrays.fill(values, 200);
    Arrays.fill(values, 100, 400, 10);
    List<DecisionRow> rows = replay(policy, recording(values), CLUSTER).decisions();
    assertThat(rows.get(99).state().desired()).isEqualTo(8);
    assertThat(rows.get(330).state().desired()).isEqualTo(8);
    assertThat(rows.get(399).state().desired()).isLessThan(8);
  }

  @Test
  void anAutoscalerAlone_isRefused() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("hpa.yaml"), Files.readString(Path.of("../docs/examples/hpa.yaml")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestedPolicy.read(file, Map.of(), Duration.ofMinutes(1)))
        .withMessageContaining("hpa.yaml: must hold a ScalingPolicy");
  }
}
