// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A table read wrongly is fitted all the same, so it must be refused where it stands. */
final class FitCommandTest {
  @TempDir private Path directory = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  record Case(String name, String table, String problem) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> refused() {
    String names = "concurrency,mean_ms\n";
    return Stream.of(
        new Case("empty", "", ": must have a line of column names and a line a measurement"),
        new Case("no rows", names, "had only the names"),
        new Case("unknown column", "concurrency,mean_ms,speed\n1,2,3\n", ":1: column speed: must"),
        new Case("no mean", "concurrency,p99_ms\n1,2\n", ":1: column mean_ms: must be there"),
        new Case("not a number", names + "5,1820\n10,fast\n", ":3: mean_ms: must be a number"),
        new Case("half a run", names + "2.5,1820\n", ":2: concurrency: must be a whole number"),
        new Case("empty field", names + "5,\n", ":2: concurrency, mean_ms: must not be empty"),
        new Case("no time", names + "5,0\n", ":2: mean: must be above 0 ms"),
        new Case(
            "success beyond 100", "concurrency,mean_ms,success\n5,10,101\n", ":2: success: must"),
        new Case("p99 below mean", "concurrency,mean_ms,p99_ms\n5,10,9\n", ":2: p99: must be"),
        new Case("two rows", names + "5,10\n6,11\n", ": rows: must be at least 3"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void fit_badTable_isRefusedWithFileAndLine(Case refused) throws IOException {
    Path table = directory.resolve("t.csv");
    Files.writeString(table, refused.table);
    assertThat(run("fit", table.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("t.csv" + (refused.problem.startsWith(":") ? "" : ":"));
    assertThat(err.toString()).contains(refused.problem);
  }

  @Test
  void fit_missingFile_saysSo() {
    assertThat(run("fit", directory.resolve("none.csv").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.csv: no such file");
  }

  @Test
  void fit_quotedThousandsAndPercent_asYaml() throws IOException {
    Path table = directory.resolve("t.csv");
    Files.writeString(
        table,
        """
        # a comment
        Concurrency,Success,Mean ms,Requests per second
        1,100 %,"1,100",0.9
        8,100 %,"1,210",6.6
        16,99 %,"2,400",6.7
        """);
    assertThat(run("fit", table.toString(), "-o", "yaml")).isZero();
    assertThat(out.toString())
        .contains("pod:\n  name: fitted\n  cores: 2\n  delay: {lognormal: {meanSeconds: ");
  }

  private int run(String... arguments) {
    return new CommandLine(new WorkloadCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
