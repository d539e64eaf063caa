// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores the forecasts of a recorded series beside the naive ones. */
@Command(
    name = "evaluate",
    description = {
      "Score the forecasts of a recorded series beside naive and seasonal naive.",
      "The series is replayed: each forecast knows only what came before it. The first 8 days (14 of"
          + " a series of 21 or more) warm up, the rest is scored."
    },
    footer = {
      "",
      "Example:",
      "  agentscale forecast evaluate --csv requests.csv.gz --step 10m --horizon 10m,60m"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final SeriesOptions options = new SeriesOptions();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Override
  public Integer call() {
    var commandLine = requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    try {
      Series series = options.read();
      ProgressBar bar = new ProgressBar(commandLine.getErr(), series.length());
      var results =
          new Backtest(series, options.horizons(), Backtest.QUANTILES)
              .run(bar::reached, made -> {});
      bar.close();
      if (json) {
        out.println(ScoreJson.of(series.name(), results));
      } else {
        print(series.name(), results, out);
      }
      out.flush();
      return 0;
    } catch (IOException | IllegalArgumentException | InvalidSeriesException e) {
      commandLine.getErr().println("agentscale forecast evaluate: " + Failure.text(e));
      return 1;
    }
  }

  private static void print(String series, List<Backtest.Result> results, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s%n%-8s %-15s %8s %8s %8s %10s %10s %9s %9s%n",
        series,
        "HORIZON",
        "METHOD",
        "ORIGINS",
        "MASE",
        "SMAPE",
        "PINBALL.90",
        "PINBALL.95",
        "COVER.90",
        "COVER.95");
    for (Backtest.Result result : results) {
      String horizon = result.horizon().toMinutes() + "m";
      row(horizon, "forecast", result.ours(), out);
      row(horizon, "naive", result.naive(), out);
      row(horizon, "seasonal naive", result.seasonalNaive(), out);
    }
  }

  private static void row(String horizon, String method, Score score, PrintWriter out) {
    Score.OfQuantile q90 = score.quantiles().getFirst();
    Score.OfQuantile q95 = score.quantiles().getLast();
    out.printf(
        Locale.ROOT,
        "%-8s %-15s %8d %8.4f %8.2f %10.4f %10.4f %8.1f%% %8.1f%%%n",
        horizon,
        method,
        score.origins(),
        score.mase(),
        score.smape(),
        q90.pinball(),
        q95.pinball(),
        100 * q90.coverage(),
        100 * q95.coverage());
  }
}
