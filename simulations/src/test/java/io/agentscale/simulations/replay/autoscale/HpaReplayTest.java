// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodSample;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.simulations.replay.Hpas;
import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.Restarts;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import io.agentscale.simulations.replay.cluster.StartUp;
import io.agentscale.simulations.replay.event.EventEngine;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a replay tunes is only worth something if the real controller would do the same: every
 * observation of a replay is put to {@code hpa evaluate}, which is held against the real one.
 */
final class HpaReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(
          new Goal(new Slo.Latency(Duration.ofSeconds(5)), MinimalReplicas.atRate(3.6)));
  private static final Cluster CLUSTER =
      Cluster.of(3, new Distribution.Constant(1))
          .withStartUp(
              new StartUp(new Distribution.Uniform(5, 40), new Distribution.Uniform(10, 60)));

  /** A step of a recorded scenario and the replicas the replay went to. */
  private final ObjectNode scenario = JSON.createObjectNode();

  private final List<Integer> decided = new ArrayList<>();
  private final Deque<Duration> restarts = new ArrayDeque<>();
  private long missing;

  @Test
  void observationsOfAReplay_leadHpaEvaluateToTheSameReplicas() throws IOException {
    compare(CLUSTER);
    assertThat(missing).isZero();
  }

  @Test
  void observationsOfATroubledReplay_leadHpaEvaluateToTheSameReplicas() throws IOException {
    restarts.add(Duration.ofMinutes(28));
    restarts.add(Duration.ofMinutes(70));
    compare(
        CLUSTER
            .withMetrics(MetricsLag.DEFAULT.withMissingPods(0.2))
            .withStartUp(CLUSTER.startUp().withCreation(new Distribution.Exponential(10)))
            .withRestarts(
                new Restarts(
                    restarts.stream().map(at -> new Restart(Controller.HPA, at)).toList())));
    assertThat(missing).isGreaterThan(1000);
    assertThat(restarts).isEmpty();
  }

  private void compare(Cluster cluster) throws IOException {
    String metrics =
        """
        [{"type": "Resource", "resource": {"name": "cpu",
          "target": {"type": "Utilization", "averageUtilization": 60}}},
         {"type": "Pods", "pods": {"metric": {"name": "agent_active_count"},
          "target": {"type": "AverageValue", "averageValue": "6"}}},
         {"type": "External", "external": {"metric": {"name": "http_requests_waiting"},
          "target": {"type": "AverageValue", "averageValue": "4"}}}]
        """;
    HpaSpec spec =
        Hpas.spec(
            2,
            25,
            Hpas.cpu(60),
            Hpas.pods("agent_active_count", 6),
            Hpas.external("http_requests_waiting", 4));
    scenario.put("id", "replay");
    ObjectNode written = scenario.putObject("hpa").putObject("spec");
    written.put("minReplicas", 2).put("maxReplicas", 25).set("metrics", JSON.readTree(metrics));
    scenario
        .putArray("containers")
        .addObject()
        .put("name", "app")
        .putObject("requests")
        .put("cpu", "2");
    scenario.put("replicas", 3);
    scenario.putArray("steps");
    var traffic =
        new Rates(Duration.ofMinutes(1), 180, step -> step % 60 < 25 ? 40 + step / 10.0 : 8.0);
    new EventEngine(SETTINGS)
        .run(
            traffic,
            AGENT,
            cluster,
            new HpaScaling("hpa", spec).withLog(this::record),
            4,
            TimelineListener.NONE);
    assertThat(decided).hasSize(720);
    assertThat(decided.stream().distinct().count()).isGreaterThan(8);
    JsonNode answer = JSON.readTree(evaluate(scenario.toString() + "\n"));
    List<Integer> evaluated = new ArrayList<>();
    answer.get("steps").forEach(step -> evaluated.add(step.get("desired").asInt()));
    assertThat(evaluated).isEqualTo(decided);
  }

  private void record(Instant now, Observation observation, int replicas) {
    decided.add(replicas);
    var scale = (ScaleReading.Scale) observation.scale();
    ObjectNode step = ((ArrayNode) scenario.get("steps")).addObject();
    step.put("t", seconds(now));
    step.put("statusReplicas", scale.statusReplicas());
    if (!restarts.isEmpty() && !now.isBefore(Rates.START.plus(restarts.getFirst()))) {
      restarts.removeFirst();
      step.put("restart", true);
    }
    ArrayNode pods = step.putArray("pods");
    for (PodGroup group : observation.pods()) {
      for (int i = 0; i < group.count(); i++) {
        pod(group, pods.addObject());
      }
    }
    ArrayNode metrics = step.putArray("metrics");
    for (MetricReading reading : observation.metrics()) {
      switch (reading) {
        case MetricReading.Empty _ -> metrics.addNull();
        case MetricReading.Failed failed -> metrics.addObject().put("err", failed.error());
        case MetricReading.Series series ->
            metrics.addObject().put("v", series.values().getFirst().milli());
        case MetricReading.PodSamples samples ->
            samples(samples, observation.pods(), now, metrics.addObject());
      }
    }
  }

  private static void pod(PodGroup group, ObjectNode pod) {
    pod.put("phase", group.phase().text()).put("deleted", group.deleted());
    if (group.startTime().isPresent()) {
      pod.put("start", seconds(group.startTime().get()));
    } else {
      pod.putNull("start");
    }
    if (group.ready().isPresent()) {
      pod.put("ready", group.ready().get().status() == PodGroup.ReadyCondition.Status.TRUE);
      pod.put("readyAt", seconds(group.ready().get().since()));
    } else {
      pod.putNull("ready");
    }
  }

  private void samples(
      MetricReading.PodSamples samples, List<PodGroup> groups, Instant now, ObjectNode metric) {
    ArrayNode values = metric.putArray("v");
    for (int group = 0; group < groups.size(); group++) {
      for (int i = 0; i < groups.get(group).count(); i++) {
        if (samples.listed().get(group) instanceof PodSample.Value value) {
          values.add(value.milli());
          metric.put("age", seconds(now) - seconds(value.at()));
          metric.put("window", value.window().toSeconds());
        } else {
          values.addNull();
          boolean ready = SimulatedPods.wasReady(groups.get(group), now.minusSeconds(60));
          missing += ready ? 1 : 0;
        }
      }
    }
  }

  private static double seconds(Instant at) {
    // To the microsecond, as scenarios are read.
    return Math.floor(Duration.between(Rates.START, at).toNanos() / 1e3) / 1e6;
  }

  private static String evaluate(String scenarios) {
    InputStream in = System.in;
    PrintStream out = System.out;
    var answers = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(scenarios.getBytes(UTF_8)));
      System.setOut(new PrintStream(answers, true, UTF_8));
      int status = io.agentscale.adapter.Main.commandLine().execute("hpa", "evaluate");
      assertThat(status).isZero();
    } finally {
      System.setIn(in);
      System.setOut(out);
    }
    return answers.toString(UTF_8);
  }

  @Test
  void begin_metricThatMeasuresNothingKnown_isRefused() {
    var autoscaler = new HpaScaling("hpa", Hpas.spec(1, 5, Hpas.pods("humidity", 6)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoscaler.begin(new SessionContext(AGENT.pod(), CLUSTER)))
        .withMessageContaining("metric humidity: must be said what it measures (runs, waiting,");
    var served = new HpaScaling("hpa", Hpas.spec(1, 5, Hpas.external("agentscale_demand", 6)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> served.begin(new SessionContext(AGENT.pod(), CLUSTER)))
        .withMessageContaining("which only a policy serves");
  }

  @Test
  void latencyMetric_isReadByBothEngines() {
    var autoscaler =
        new HpaScaling(
            "p99", Hpas.spec(1, 10, Hpas.external("ai_llm_response_time_p99_seconds", 1)));
    for (var engine : List.of(new FluidEngine(SETTINGS), new EventEngine(SETTINGS))) {
      var score =
          engine
              .run(
                  Rates.steady(8, Duration.ofHours(1)),
                  AGENT,
                  CLUSTER,
                  autoscaler,
                  1,
                  TimelineListener.NONE)
              .score();
      // A p99 of some 3 s asks for 3 to 4 replicas at 1 s each.
      assertThat(score.replicas().most()).as(engine.name()).isBetween(3, 6);
    }
  }
}
