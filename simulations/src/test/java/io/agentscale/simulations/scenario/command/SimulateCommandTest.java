// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.simulations.scenario.TestScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Pipelines read the exit code, people the table, programs the files. */
final class SimulateCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String scenario = "";

  @BeforeEach
  void writeScenario() throws IOException {
    scenario = Files.writeString(directory.resolve("s.yaml"), TestScenario.YAML).toString();
  }

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void tableJsonAndTimeline_areWritten() throws IOException {
    assertThat(run("-f", scenario, "--json", file("o.json"), "--timeline", file("o.csv")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("POLICY", "LATE %", "policy", "oracle");
    assertThat(Files.readString(directory.resolve("o.json"))).contains("\"latePercent\"");
    List<String> rows = Files.readAllLines(directory.resolve("o.csv"));
    assertThat(rows.getFirst())
        .isEqualTo(
            "time,traffic,cluster,policy,requests_per_second,demand,needed,desired,starting,ready,"
                + "in_flight,queued,reason");
    // One each 15 s of two hours, for two policies and eight baselines.
    assertThat(rows.stream().skip(1).filter(row -> row.contains(",policy,"))).hasSize(480);
    assertThat(rows.get(1)).startsWith("2024-01-01T00:00:07Z,traffic,cluster,hpa,");
  }

  @Test
  void assertions_decideTheExitCode() {
    assertThat(run("-f", scenario, "--assert", "late_percent<100")).isZero();
    assertThat(run("-f", scenario, "--assert", "late_percent<0")).isEqualTo(1);
    assertThat(err.toString()).contains("not kept: hpa: must have late_percent<0");
    assertThat(run("-f", scenario, "--assert", "late_percent")).isEqualTo(2);
  }

  @Test
  void badInput_isRefusedWithFileAndLine() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "name: x\nengine: fast\n");
    assertThat(run("-f", bad.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("bad.yaml:2:9: engine: must be fluid, event or both, was: fast");
    assertThat(run("-f", file("none.yaml"))).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml: no such file");
    assertThat(run("-f", scenario, "--shard", "1/2")).isEqualTo(2);
  }

  @Test
  void parts_areWrittenAndMerged() throws IOException {
    assertThat(run("-f", scenario, "--json", file("whole.json"))).isZero();
    assertThat(run("-f", scenario, "--shard", "1/2", "--json", file("1.json"))).isZero();
    assertThat(run("-f", scenario, "--shard", "2/2", "--json", file("2.json"))).isZero();
    assertThat(run("--json", file("all.json"), "--merge", file("2.json") + "," + file("1.json")))
        .as(err.toString())
        .isZero();
    assertThat(directory.resolve("all.json"))
        .hasSameTextualContentAs(directory.resolve("whole.json"));
  }
}
