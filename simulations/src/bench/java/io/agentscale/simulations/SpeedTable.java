// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.ReplayResult;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.ScenarioFile;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import io.agentscale.simulations.tune.command.TuneCommand;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/**
 * One row of the table that {@code simulations/bench.sh} prints, measured in a JVM of its own.
 * Speeds of one core are by the CPU time of the thread, after runs that warm up.
 */
public final class SpeedTable {
  private static final String ROW = "%-46s %16s   %s%n";
  private static final int WARM_UPS = 20;
  private static final int RUNS = 5;

  private final Path example;

  private SpeedTable(Path example) {
    this.example = example;
  }

  /** Arguments: docs/examples/tune/scenario.yaml, which row, and what it is of. */
  public static void main(String[] arguments) throws IOException {
    SpeedTable table = new SpeedTable(Path.of(arguments[0]));
    String of = arguments.length > 2 ? arguments[2] : "";
    switch (arguments[1]) {
      case "header" -> System.out.printf(ROW, "", "measured", "target");
      case "fluid" -> table.fluid(of);
      case "event" -> table.event();
      case "tune" -> table.tune(of);
      case "memory" -> table.memory(EngineKind.valueOf(of), Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private void fluid(String policy) throws IOException {
    Scenario scenario = scenario(yaml(14));
    for (int i = 0; i < WARM_UPS; i++) {
      run(scenario, EngineKind.FLUID, policy);
    }
    long begun = cpuNanos();
    for (int i = 0; i < RUNS; i++) {
      run(scenario, EngineKind.FLUID, policy);
    }
    double seconds = (cpuNanos() - begun) / 1e9 / RUNS;
    row(
        "fluid, 14 days, " + policy + ", times real time",
        "%,.0f".formatted(14 * 86_400 / seconds),
        ">= 10,000,000");
  }

  private void event() throws IOException {
    Scenario scenario = scenario(steady(14));
    run(scenario(steady(1)), EngineKind.EVENT, "hpa");
    long begun = cpuNanos();
    ReplayResult result = run(scenario, EngineKind.EVENT, "hpa");
    double seconds = (cpuNanos() - begun) / 1e9;
    row("event, events a second", "%,.0f".formatted(result.steps() / seconds), ">= 10,000,000");
    row("event, 14 days at 50 requests/s", "%.1f s".formatted(seconds), "<= 15 s");
  }

  private void tune(String policy) throws IOException {
    // Ten days, of which the search sees seven.
    Path file = written(yaml(10));
    Path out = Files.createTempDirectory("tune");
    long begun = System.nanoTime();
    long cpu = processNanos();
    int code =
        new CommandLine(new TuneCommand())
            .execute(
                "-f",
                file.toString(),
                "--policy",
                policy,
                "--out",
                out.toString(),
                "--threads",
                "2",
                "--shard",
                "1/1");
    if (code != 0) {
      throw new IllegalStateException("tune ended with " + code);
    }
    double wall = (System.nanoTime() - begun) / 1e9;
    double used = (processNanos() - cpu) / 1e9;
    row(
        "tune, 1000 x 7 days, " + policy + ", 2 threads",
        "%.0f s".formatted(wall),
        "<= 120 s (CPU time: %.0f s)".formatted(used));
  }

  private void memory(EngineKind engine, int days) throws IOException {
    run(scenario(steady(days)), engine, "hpa");
    row(
        "peak memory, %s, %d days at 50 requests/s"
            .formatted(engine.name().toLowerCase(Locale.ROOT), days),
        "%d MB".formatted(peakMemoryMegabytes()),
        "the same for 1 day and 28");
  }

  private static void row(String name, String measured, String target) {
    System.out.printf(ROW, name, measured, target);
  }

  private ReplayResult run(Scenario scenario, EngineKind kind, String name) {
    Engine engine = scenario.engine(kind);
    Traffic traffic = scenario.traffics().getFirst().spec().open(TrafficSetting.usual());
    ScenarioPolicy policy =
        scenario.policies().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    Cluster cluster = policy.on(scenario.clusters().getFirst().cluster());
    return engine.run(
        traffic,
        scenario.workload(),
        cluster,
        policy.autoscaler(cluster),
        scenario.seed(),
        TimelineListener.NONE);
  }

  private String yaml(int days) throws IOException {
    String fixed = "policies:\n- {name: fixed, replicas: 16}\n";
    return Files.readString(example)
        .replace("duration: 7d", "duration: " + days + "d")
        .replace("policies:\n", fixed);
  }

  /** The example at 50 requests/s always. */
  private String steady(int days) throws IOException {
    String text = yaml(days);
    String traffic =
        "traffic: {generator: diurnal, low: 50, high: 50, duration: %dd, step: 1m}\n"
            .formatted(days);
    return text.substring(0, text.indexOf("traffic:"))
        + traffic
        + text.substring(text.indexOf("pod:"));
  }

  private static Path written(String text) throws IOException {
    Path file = Files.createTempFile("scenario", ".yaml");
    Files.writeString(file, text);
    return file;
  }

  private static Scenario scenario(String text) throws IOException {
    return ScenarioFile.read(written(text), Optional.empty());
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processNanos() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .orElseThrow(() -> new IllegalStateException("this system tells no CPU time"));
  }

  private static long peakMemoryMegabytes() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    String peak = status.stream().filter(l -> l.startsWith("VmHWM:")).findFirst().orElseThrow();
    return Long.parseLong(peak.replaceAll("[^0-9]", "")) / 1024;
  }
}
