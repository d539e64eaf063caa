// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line is read by programs too: its JSON, its exit codes and its streams are fixed. */
final class ForecastCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new ForecastCommand());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private Path series(int days) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder rows = new StringBuilder("t,v\n");
    for (int t = 0; t < days * 144; t++) {
      double value = 100 + 50 * Math.sin(2 * Math.PI * t / 144) + random.nextGaussian();
      rows.append(600 * t).append(',').append(value).append('\n');
    }
    return Files.writeString(folder.resolve("daily.csv"), rows);
  }

  @Test
  void evaluate_json_hasTheAgreedShape() throws IOException {
    int code =
        run(
            "evaluate",
            "--csv",
            series(10).toString(),
            "--step",
            "10m",
            "--horizon",
            "10m,60m",
            "--json");

    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("series").asText()).isEqualTo("daily");
    assertThat(json.get("horizons")).hasSize(2);
    JsonNode hour = json.get("horizons").get(1);
    assertThat(hour.get("horizonSeconds").asInt()).isEqualTo(3600);
    assertThat(hour.get("mase").asDouble()).isLessThan(hour.get("naive").get("mase").asDouble());
    for (JsonNode method : new JsonNode[] {hour, hour.get("naive"), hour.get("seasonalNaive")}) {
      assertThat(method.get("origins").asInt()).isEqualTo(2 * 144 - 6);
      assertThat(method.get("smape").asDouble()).isPositive();
      assertThat(method.get("pinball").get("0.9").asDouble()).isPositive();
      assertThat(method.get("pinball").get("0.95").asDouble()).isPositive();
      assertThat(method.get("coverage").get("0.9").asDouble()).isBetween(0.7, 1.0);
      assertThat(method.get("coverage").get("0.95").asDouble()).isBetween(0.7, 1.0);
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void evaluate_text_comparesTheMethods() throws IOException {
    assertThat(run("evaluate", "--csv", series(10).toString())).isZero();
    assertThat(out.toString().lines()).hasSize(8).anyMatch(line -> line.startsWith("60m"));
  }

  @Test
  void evaluate_badInput_saysWhatAndExitsOne() throws IOException {
    assertThat(run("evaluate", "--csv", folder.resolve("none.csv").toString())).isEqualTo(1);
    assertThat(run("evaluate", "--csv", series(3).toString())).isEqualTo(1);
    assertThat(run("evaluate", "--csv", series(10).toString(), "--step", "2h")).isEqualTo(1);

    assertThat(err.toString().lines().toList())
        .satisfiesExactly(
            one -> assertThat(one).endsWith("none.csv: no such file"),
            two -> assertThat(two).contains("must be longer than the 8 days of warm-up"),
            three -> assertThat(three).contains("horizon: must be at least one step of PT2H"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void evaluate_badOption_exitsTwo() {
    assertThat(run("evaluate", "--csv", "x", "--step", "ten")).isEqualTo(2);
    assertThat(run("evaluate", "--csv", "x", "--absent", "maybe")).isEqualTo(2);
    assertThat(err.toString())
        .contains("must be like 90s, 10m, 1h30m or 7d, was: ten")
        .contains("must be unknown or zero, was: maybe");
  }

  @Test
  void plot_writesOnePageThatNeedsNothingElse() throws IOException {
    Path page = folder.resolve("page.html");
    assertThat(run("plot", "--csv", series(10).toString(), "--out", page.toString())).isZero();

    String html = Files.readString(page);
    assertThat(html).contains("<svg").doesNotContain("http:", "https:", "<script", "NaN");
    for (String part : new String[] {"history", "forecast", "band", "error"}) {
      assertThat(html).contains("class=\"" + part + "\"");
    }
    assertThat(html.split("<svg", -1)).hasSize(5);
  }

  @Test
  void table_listsEverySeriesOfAFolder() throws IOException {
    series(10);
    Files.writeString(folder.resolve("short.csv"), "t,v\n0,1\n600,2\n");
    Path list = folder.resolve("list");
    Files.writeString(
        list,
        "file,series,absent,from,to\ndaily.csv,first,unknown,,864000\ngone.csv,gone,zero,,\n");

    assertThat(run("table", folder.toString(), "--list", list.toString())).isZero();
    assertThat(out.toString())
        .contains("## 10 minutes ahead", "## 60 minutes ahead", "| first | 287 |")
        .contains("* short: must be longer than the 8 days")
        .doesNotContain("gone", "| daily |");
  }

  @Test
  void table_badList_isRefusedWithItsLine() throws IOException {
    series(10);
    Path list = Files.writeString(folder.resolve("list"), "file,series,absent,from,to\na,b,,,\n");

    assertThat(run("table", folder.toString(), "--list", list.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("list: line 2: absent: must be unknown or zero, was: ''");
  }
}
