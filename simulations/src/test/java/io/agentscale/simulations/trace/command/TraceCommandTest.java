// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is printed about a trace is all a person sees of it before trusting a replay. */
final class TraceCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new TraceCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void inspect_tellsOfGapsAndBadRows() throws IOException {
    String file = file("g.csv", "t_s,rate\n0,1\n60,2\n120,x\n180,3\n240,4\n300,\n360,5\n");
    assertThat(run("inspect", file)).isEqualTo(1);
    assertThat(err.toString()).contains("g.csv:4: column rate: must be a number");
    assertThat(run("inspect", file, "--skip-bad-rows")).isZero();
    assertThat(out.toString())
        .contains("start          2024-01-01T00:00:00Z")
        .contains("end            2024-01-01T00:07:00Z")
        .contains("gaps           2, 2 of 7 steps unknown, the longest 1 steps")
        .contains("bad rows       1");
  }

  @Test
  void inspect_asJson() throws IOException {
    String file = file("r.csv", "offset_s,input_tokens,output_tokens\n0,10,1\n61,20,\n");
    assertThat(run("inspect", file, "-o", "json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("kind").asText()).isEqualTo("requests");
    assertThat(json.path("requests").asDouble()).isEqualTo(2);
    assertThat(json.path("steps").asInt()).isEqualTo(2);
    assertThat(json.path("inputTokens").path("mean").asDouble()).isEqualTo(15);
    assertThat(json.path("outputTokens").path("max").asDouble()).isEqualTo(1);
    assertThat(json.path("gaps").path("count").asInt()).isZero();
  }

  @Test
  void convert_givesAFileThatReadsTheSame_unknownStepsIncluded() throws IOException {
    String file = file("g.csv", "t_s,rate\n0,1.25\n60,2\n180,3\n240,4\n");
    String converted = directory.resolve("c.csv.gz").toString();
    assertThat(run("convert", file, "-o", converted)).isZero();
    assertThat(run("inspect", file, "-o", "json")).isZero();
    String before = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("inspect", converted, "-o", "json")).isZero();
    assertThat(out.toString()).isEqualTo(before).contains("\"count\" : 1");
  }

  @Test
  void convert_ofASpecification_toStandardOutput() throws IOException {
    String spec =
        file("s.yaml", "other: 1\ntraffic: {generator: constant, rate: 2, duration: 20s}\n");
    assertThat(run("convert", spec)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "timestamp,requests_per_second",
            "2024-01-01T00:00:00Z,2.0",
            "2024-01-01T00:00:10Z,2.0");
  }

  @Test
  void gaps_canBeFilledWhileConverting() throws IOException {
    String file = file("g.csv", "t_s,rate\n0,1\n60,2\n180,3\n240,4\n");
    assertThat(run("convert", file, "--gaps", "hold")).isZero();
    assertThat(out.toString()).contains("2024-01-01T00:02:00Z,2.0");
    assertThat(run("convert", file, "--gaps", "fail")).isEqualTo(1);
    assertThat(err.toString()).contains("unknown from 2024-01-01T00:02:00Z for 1 steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inspect                                   | name a trace, a specification",
        "inspect;nowhere.csv                       | nowhere.csv: no such file",
        "inspect;nowhere.yaml                      | nowhere.yaml: no such file",
        "inspect;{generator: x}                    | traffic:1:13: generator: must be one of",
        "inspect;--prometheus-url=http://p:1       | goes with --query",
        "inspect;x;--format=doc                    | must be one of azure-llm",
        "inspect;x;--step=0                        | must be a duration longer than zero"
      })
  void mistakes_areSaid(String arguments, String message) {
    assertThat(run(arguments.split(";"))).isPositive();
    assertThat(err.toString()).contains(message);
  }
}
