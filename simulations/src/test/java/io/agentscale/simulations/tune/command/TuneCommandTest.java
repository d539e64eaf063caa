// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A tuning whose result depends on threads, interruptions or shards cannot be trusted twice. */
final class TuneCommandTest {
  private static final String SCENARIO =
      """
      name: two days
      seed: 3
      traffic: {generator: diurnal, low: 4, high: 30, duration: 2d, step: 1m}
      pod: {preset: agent-2c4g, cap: 20}
      cluster: {initialReplicas: 4, startUp: 60s}
      slo: {within: 6s}
      tick: 5s
      policies:
      - name: fixed
        replicas: 12
      - name: hpa
        manifests: |
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: {name: agent}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
            minReplicas: 4
            maxReplicas: 20
            metrics:
            - type: Resource
              resource: {name: cpu, target: {type: Utilization, averageUtilization: 30}}
      """;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path scenario = Path.of("");

  @BeforeEach
  void write() throws IOException {
    scenario = directory.resolve("scenario.yaml");
    Files.writeString(scenario, SCENARIO);
  }

  private int tune(String into, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-f", scenario.toString(), "--out", directory.resolve(into).toString()));
    if (!List.of(more).contains("--verify-engine")) {
      arguments.addAll(List.of("--verify-engine", "fluid"));
    }
    arguments.addAll(List.of(more));
    return new CommandLine(new TuneCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private String written(String into, String file) throws IOException {
    return Files.readString(directory.resolve(into).resolve(file));
  }

  @Test
  void tuned_isCheaper_andAppliesAsItWasTried() throws IOException {
    assertThat(tune("a", "--evaluations", "60")).as(err.toString()).isZero();

    assertThat(out.toString()).contains("picked", "present", "HPA CPU 60 %", "has not seen");
    String manifests = written("a", "tuned.yaml");
    assertThat(manifests).startsWith("# Tuned by agentscale").contains("averageUtilization");
    assertThat(written("a", "report.html")).contains("evaluated", "tuned");

    // What was written is tried again, in place of the author's: it must come to the same.
    Files.writeString(
        scenario,
        SCENARIO.substring(0, SCENARIO.indexOf("  manifests")) + "  file: a/tuned.yaml\n");
    String judged = heldOut("tuned");
    out.getBuffer().setLength(0);
    assertThat(tune("b", "--evaluations", "4")).as(err.toString()).isZero();
    assertThat(heldOut("present").substring(18)).isEqualTo(judged.substring(18));
  }

  private String heldOut(String name) {
    String after = out.toString().substring(out.toString().indexOf("has not seen"));
    return after.lines().filter(line -> line.startsWith(name + " ")).findFirst().orElseThrow();
  }

  @Test
  void result_isTheSame_howeverManyThreads_andWhereverInterrupted() throws IOException {
    assertThat(tune("one", "--evaluations", "60", "--threads", "1")).isZero();
    assertThat(tune("two", "--evaluations", "60", "--threads", "3")).isZero();
    assertThat(written("two", "tuned.yaml")).isEqualTo(written("one", "tuned.yaml"));
    assertThat(written("two", "front.csv")).isEqualTo(written("one", "front.csv"));

    // Killed while it wrote its 20th line.
    String whole = written("one", "evaluations.jsonl");
    List<String> lines = whole.lines().toList();
    Path resumed = Files.createDirectories(directory.resolve("three"));
    Files.writeString(
        resumed.resolve("evaluations.jsonl"),
        String.join("\n", lines.subList(0, 20)) + "\n" + lines.get(20).substring(0, 9));
    assertThat(tune("three", "--evaluations", "60")).as(err.toString()).isZero();
    assertThat(written("three", "tuned.yaml")).isEqualTo(written("one", "tuned.yaml"));
    assertThat(written("three", "evaluations.jsonl").lines().sorted())
        .containsExactlyElementsOf(lines.stream().sorted().toList());
  }

  @Test
  void shards_mergeToTheSame_inWhateverOrderTheyRan() throws IOException {
    assertThat(tune("s", "--evaluations", "60", "--shard", "2/2")).isZero();
    assertThat(tune("s", "--evaluations", "60", "--merge", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("evaluations-1-of-2.jsonl: must be there");
    assertThat(tune("s", "--evaluations", "60", "--shard", "1/2")).isZero();
    assertThat(Files.exists(directory.resolve("s/tuned.yaml"))).isFalse();

    assertThat(tune("s", "--merge", "2")).isZero();
    String merged = written("s", "tuned.yaml");
    Files.createDirectories(directory.resolve("t"));
    for (String part : List.of("evaluations-1-of-2.jsonl", "evaluations-2-of-2.jsonl")) {
      Files.copy(
          directory.resolve("s").resolve(part),
          directory.resolve("t").resolve(part),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(tune("t", "--merge", "2")).isZero();
    assertThat(written("t", "tuned.yaml")).isEqualTo(merged);
  }

  @Test
  void tooMuchToVerify_isSampled_andJudgedByTheFluidEngine() throws IOException {
    assertThat(
            tune(
                "v",
                "--evaluations",
                "20",
                "--verify-engine",
                "event",
                "--verify",
                "2",
                "--verify-requests",
                "2e6"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("Verified by the event engine, on 1 of 4 parts of 6h")
        .contains("The engines differ by at most")
        .contains("has not seen, by the fluid engine:");
    assertThat(err.toString()).contains("replays to verify").contains("replays with days not seen");
  }

  @Test
  void pickedOnSomeDays_meetsTheObjectiveOnOthers() throws IOException {
    // Crowds come on the second day of training, and on the last, which nobody has seen.
    String crowd =
        "  - superpose: {generator: flash-crowd, base: 0, peak: 15, at: 2h, rise: 2m,"
            + " halfLife: 15m, duration: 4h, step: 1m, start: 2026-03-0%dT08:00:00Z}\n";
    Files.writeString(
        scenario,
        SCENARIO.replace(
            "traffic: {generator: diurnal, low: 4, high: 30, duration: 2d, step: 1m}\n",
            "traffic:\n  generator: diurnal\n  low: 4\n  high: 30\n  duration: 6d\n  step: 1m\n"
                + "  start: 2026-03-02T00:00:00Z\n  transforms:\n"
                + crowd.formatted(3)
                + crowd.formatted(7)
                + "  - noise: 0.05\n"));
    assertThat(tune("o", "--evaluations", "120")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Tuned: meets the objective of 1.000 % late here, at -");
  }

  @Test
  void journalOfAnotherScenario_isRefused() throws IOException {
    assertThat(tune("j", "--evaluations", "4")).isZero();
    Files.writeString(scenario, SCENARIO.replace("high: 30", "high: 31"));
    assertThat(tune("j", "--evaluations", "4")).isEqualTo(2);
    assertThat(err.toString()).contains("another scenario, traffic, policy or split");
  }

  @Test
  void badInput_isRefused() {
    assertThat(tune("x", "--policy", "fixed")).isEqualTo(2);
    assertThat(err.toString()).contains("--policy: must name a policy with manifests");
    assertThat(tune("x", "--holdout", "1.5")).isEqualTo(2);
    assertThat(err.toString()).contains("holdout: must be between 0 and 1, was: 1.5");
    assertThat(tune("x", "--pick", "best")).isEqualTo(2);
    assertThat(err.toString()).contains("must be one of cheapest, fewest-late, knee, was: best");
    assertThat(tune("x", "--shard", "1/2", "--merge", "2")).isEqualTo(2);
    assertThat(tune("x", "--vary", "nothing")).isEqualTo(2);
    assertThat(err.toString()).contains("vary: must be among target, minReplicas");
  }
}
