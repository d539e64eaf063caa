// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws the forecasts of a recorded series into one HTML page. */
@Command(
    name = "plot",
    description =
        "Draw history, forecast, its band from the 5 %% to the 95 %% quantile, and the errors into one"
            + " HTML page that needs nothing else.",
    footer = {
      "",
      "Example:",
      "  agentscale forecast plot --csv requests.csv.gz --horizon 60m --out forecast.html"
    })
final class PlotCommand implements Callable<Integer> {
  private static final List<Double> QUANTILES = List.of(0.05, 0.95);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final SeriesOptions options = new SeriesOptions();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the page to write")
  private Path out = Path.of("");

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "draw only the end of the series (default: 7d)")
  private Duration last = Duration.ofDays(7);

  @Override
  public Integer call() {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    try {
      Series series = options.read();
      List<Backtest.Made> made = new ArrayList<>();
      ProgressBar bar = new ProgressBar(commandLine.getErr(), series.length());
      var results =
          new Backtest(series, options.horizons(), QUANTILES).run(bar::reached, made::add);
      bar.close();
      int length = series.length();
      int first = Math.max(0, length - series.steps(last));
      Files.writeString(out, new PlotPage(series, first, results, made).html());
      return 0;
    } catch (IOException | IllegalArgumentException | InvalidSeriesException e) {
      commandLine.getErr().println("agentscale forecast plot: " + Failure.text(e));
      return 1;
    }
  }
}
