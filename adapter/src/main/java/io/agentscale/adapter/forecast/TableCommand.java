// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores every series of a folder and prints the accuracy table. */
@Command(
    name = "table",
    description = {
      "Score every series of a folder and print the table in Markdown.",
      "Series too short to be scored are named at its end."
    },
    footer = {
      "",
      "Example:",
      "  agentscale forecast table traces --list docs/forecast-series.csv > docs/forecast-accuracy.md"
    })
final class TableCommand implements Callable<Integer> {
  private static final List<Duration> HORIZONS =
      List.of(Duration.ofMinutes(10), Duration.ofHours(1));

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder with .csv and .csv.gz files")
  private Path folder = Path.of("");

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "CSV with the columns file,series,absent,from,to for what a file cannot tell")
  private @Nullable Path list;

  @Override
  public Integer call() {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    AccuracyTable table = new AccuracyTable();
    try {
      var entries = SeriesList.of(folder, Optional.ofNullable(list));
      ProgressBar bar = new ProgressBar(commandLine.getErr(), entries.size());
      for (int i = 0; i < entries.size(); i++) {
        score(entries.get(i), table);
        bar.reached(i + 1);
      }
      bar.close();
      PrintWriter out = commandLine.getOut();
      out.print(table.markdown());
      out.flush();
      return 0;
    } catch (IOException | InvalidSeriesException e) {
      commandLine.getErr().println("agentscale forecast table: " + Failure.text(e));
      return 1;
    }
  }

  private static void score(SeriesList.Entry entry, AccuracyTable table) throws IOException {
    Series series = entry.read();
    List<Duration> horizons =
        HORIZONS.stream().filter(horizon -> horizon.compareTo(series.step()) >= 0).toList();
    try {
      var results = new Backtest(series, horizons, Backtest.QUANTILES).run(done -> {}, made -> {});
      table.add(entry.name(), results);
    } catch (IllegalArgumentException e) {
      table.skip(String.valueOf(e.getMessage()));
    }
  }
}
