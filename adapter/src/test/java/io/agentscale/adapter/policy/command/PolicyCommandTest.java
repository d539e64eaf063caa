// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** What is printed here is pasted into clusters unread. */
final class PolicyCommandTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples", "policies");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(CommandLine command, String... args) {
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private int policy(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "policy";
    System.arraycopy(args, 0, all, 1, args.length);
    return run(Main.commandLine(), all);
  }

  private static String example(String name) {
    return EXAMPLES.resolve(name + ".yaml").toString();
  }

  /** The only manifest printed. */
  private JsonNode manifest() {
    return StreamSupport.stream(
            new Load(LoadSettings.builder().build())
                .loadAllFromString(out.toString())
                .spliterator(),
            false)
        .map(JSON::<JsonNode>valueToTree)
        .reduce(
            (_, _) -> {
              throw new AssertionError("more than one manifest");
            })
        .orElseThrow();
  }

  @Test
  void hpa_asksForThePolicysDemand_perReplica() {
    assertThat(policy("hpa", "-f", example("coder"))).isZero();
    JsonNode hpa = manifest();
    assertThat(hpa.path("apiVersion").asText()).isEqualTo("autoscaling/v2");
    assertThat(hpa.at("/metadata/namespace").asText()).isEqualTo("agent-prod");
    assertThat(hpa.at("/spec/scaleTargetRef/name").asText()).isEqualTo("coder");
    assertThat(hpa.at("/spec/minReplicas").asInt()).isEqualTo(2);
    assertThat(hpa.at("/spec/maxReplicas").asInt()).isEqualTo(40);
    JsonNode external = hpa.at("/spec/metrics/0/external");
    assertThat(external.at("/metric/name").asText()).isEqualTo("agentscale_demand");
    assertThat(external.at("/metric/selector/matchLabels/policy").asText()).isEqualTo("coder");
    assertThat(external.at("/target/type").asText()).isEqualTo("AverageValue");
    assertThat(external.at("/target/averageValue")).hasToString("\"12\"");
    assertThat(hpa.at("/spec/behavior/scaleDown/stabilizationWindowSeconds").asInt())
        .isEqualTo(300);
    assertThat(hpa.at("/spec/behavior/scaleDown/policies/0/type").asText()).isEqualTo("Pods");
  }

  @Test
  void shadow_isOfTheTarget_andAsksAsAShadow() {
    assertThat(policy("shadow", "-f", example("coder"))).isZero();
    assertThat(out.toString())
        .contains("kind: ScalingShadow", "policy: coder, shadow: \"true\"", "name: coder-shadow");
    assertThat(policy("shadow", "-f", "nowhere.yaml")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere.yaml: no such file");
  }

  @Test
  void hpa_ofAnObjectMetric_describesTheTarget() {
    assertThat(policy("hpa", "-f", example("coder"), "--metric", "object")).isZero();
    JsonNode metric = manifest().at("/spec/metrics/0/object");
    assertThat(metric.at("/describedObject/kind").asText()).isEqualTo("Deployment");
    assertThat(metric.at("/metric/name").asText()).isEqualTo("agentscale_demand");
    assertThat(metric.at("/target/averageValue")).hasToString("\"12\"");
  }

  @Test
  void fromZero_theHpaStartsAtOne_andKedaAtNone() {
    assertThat(policy("hpa", "-f", example("from-zero"))).isZero();
    assertThat(manifest().at("/spec/minReplicas").asInt()).isEqualTo(1);
    out.getBuffer().setLength(0);
    assertThat(policy("hpa", "-f", example("from-zero"), "-o", "scaledobject")).isZero();
    JsonNode scaledObject = manifest();
    assertThat(scaledObject.at("/spec/minReplicaCount").asInt()).isZero();
    assertThat(scaledObject.at("/spec/cooldownPeriod").asInt()).isZero();
    assertThat(scaledObject.at("/spec/fallback/replicas").asInt()).isEqualTo(1);
  }

  @Test
  void scaledObject_asksUs_andFallsBackToNoFewer() {
    assertThat(
            policy("hpa", "-f", example("coder"), "-o", "scaledobject", "--scaler-address", "a:1"))
        .isZero();
    JsonNode scaledObject = manifest();
    assertThat(scaledObject.path("kind").asText()).isEqualTo("ScaledObject");
    assertThat(scaledObject.at("/spec/fallback/behavior").asText())
        .isEqualTo("currentReplicasIfHigher");
    JsonNode trigger = scaledObject.at("/spec/triggers/0");
    assertThat(trigger.path("type").asText()).isEqualTo("external-push");
    assertThat(trigger.at("/metadata/scalerAddress").asText()).isEqualTo("a:1");
    assertThat(trigger.at("/metadata/policy").asText()).isEqualTo("coder");
    assertThat(trigger.at("/metadata/namespace").asText()).isEqualTo("agent-prod");
  }

  @Test
  void both_isOneManifest_andTheOtherInComments() {
    assertThat(policy("hpa", "-f", example("coder"), "-o", "both")).isZero();
    assertThat(manifest().path("kind").asText()).isEqualTo("HorizontalPodAutoscaler");
    assertThat(out.toString()).contains("# kind: ScaledObject", "#   minReplicaCount: 2");
  }

  @Test
  void policyWithItsOwnScale_hasNoAutoscaler() {
    assertThat(policy("hpa", "-f", example("gpu-queue"))).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("models/whisper: spec.actuation is Scale");
  }

  @Test
  void check_saysWhatIsOdd_andWhatComesNext() {
    CommandLine check =
        new CommandLine(new CheckCommand(() -> Instant.parse("2026-11-21T03:00:00Z")));
    assertThat(run(check, "-f", example("coder"))).isZero();
    assertThat(out.toString().lines())
        .contains(
            "agent-prod/coder: valid; Deployment/coder, 2 to 40 replicas, 12 per replica of preset"
                + " agent-concurrency",
            "  2026-11-23T00:50:00Z  2 to 40 replicas  workday ramp up",
            "  2026-11-23T01:00:00Z  10 to 40 replicas  workday start");
  }

  @Test
  void check_warnsOfTraps_andFailsUnderStrict() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("policy.yaml"),
            """
            apiVersion: agentscale.io/v1alpha1
            kind: ScalingPolicy
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              minReplicas: 5
              maxReplicas: 40
              demand: {preset: agent-concurrency, perReplica: 12}
              quota: {tokensPerMinute: 1M, tokensPerMinutePerReplica: 100k}
              schedules:
              - {name: up, timeZone: UTC, start: 0 9 * * *, duration: 9h, replicas: {floor: 30}}
              - {name: night, timeZone: UTC, start: 0 22 * * *, duration: 2h, replicas: {ceiling: 2}}
            """);
    assertThat(policy("check", "-f", file.toString())).isZero();
    assertThat(out.toString())
        .contains(
            "warning: schedule night: its ceiling of 2 is below minReplicas (5), and is obeyed",
            "warning: schedule up: an autoscaler that has 28 to 29 replicas does not go to its 30,"
                + " as the change is within its tolerance of 0.1; actuation ExactFloor does",
            "warning: quota: it feeds 10 replicas; maxReplicas (40) is never reached");
    assertThat(policy("check", "-f", file.toString(), "--strict")).isEqualTo(1);
  }

  @Test
  void check_listsProblems() throws IOException {
    Path file = Files.writeString(directory.resolve("none.yaml"), "kind: Deployment\n");
    assertThat(policy("check", "-f", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("none.yaml: must have a ScalingPolicy, was: without one");
    assertThat(policy("check", "-f", directory.resolve("gone.yaml").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("gone.yaml: no such file");
  }
}
