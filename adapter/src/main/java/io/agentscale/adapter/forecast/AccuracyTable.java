// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The accuracy of many series in Markdown, with their geometric means and the bar. */
final class AccuracyTable {
  private final Map<Duration, List<Row>> rows = new TreeMap<>();
  private final List<String> skipped = new ArrayList<>();

  private record Row(String series, Backtest.Result result) {}

  /**
   * The best combination of simple methods known before this one, relative to naive: an average of
   * eight weighted by their recent errors, measured by the same protocol on the series of the
   * checked-in table.
   */
  private record Bar(double mase, double pinball90, double pinball95) {}

  private static final Map<Duration, Bar> BARS =
      Map.of(
          Duration.ofMinutes(10), new Bar(0.746, 0.766, 0.773),
          Duration.ofHours(1), new Bar(0.616, 0.671, 0.699));

  void add(String series, List<Backtest.Result> results) {
    for (Backtest.Result result : results) {
      rows.computeIfAbsent(result.horizon(), ignored -> new ArrayList<>())
          .add(new Row(series, result));
    }
  }

  void skip(String reason) {
    skipped.add(reason);
  }

  String markdown() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    rows.forEach((horizon, of) -> section(horizon, of, text));
    if (!skipped.isEmpty()) {
      text.append("\n## Not scored\n\n");
      skipped.forEach(reason -> text.append("* ").append(reason).append('\n'));
    }
    return text.toString();
  }

  private static final String INTRODUCTION =
      """
      # Forecast accuracy

      Written by `./agentscale forecast table DIR --list docs/forecast-series.csv`, `DIR` holding the
      traces. Each forecast knows only what came before it; the first 8 days (14 of a series of 21 or
      more) warm up and everything after is scored. MASE is the mean absolute error over that of the
      daily seasonal naive in the warm-up. The columns `/ naive` divide by the naive forecast ("as
      now"), pinball by the naive forecast with the quantiles of its own last week of errors: below 1
      is better. Coverage is the share of outcomes at or below the quantile. How the forecasts are
      made: [forecasts.md](forecasts.md).
      """;

  private static void section(Duration horizon, List<Row> rows, StringBuilder text) {
    text.append("\n## %d minutes ahead\n\n".formatted(horizon.toMinutes()));
    text.append(
        """
        | series | origins | MASE | naive | seasonal naive | MASE / naive | pinball 0.90 / naive \
        | pinball 0.95 / naive | coverage 0.90 | coverage 0.95 |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """);
    rows.forEach(row -> line(row, text));
    text.append(
        String.format(
            Locale.ROOT,
            "| **geometric mean** | | | 1 | %.3f | **%.3f** | **%.3f** | **%.3f** | | |%n",
            mean(rows, r -> r.seasonalNaive().mase() / r.naive().mase()),
            mean(rows, r -> r.ours().mase() / r.naive().mase()),
            mean(rows, r -> pinball(r.ours(), 0) / pinball(r.naive(), 0)),
            mean(rows, r -> pinball(r.ours(), 1) / pinball(r.naive(), 1))));
    text.append(
        String.format(
            Locale.ROOT,
            "| **mean coverage error** | | | | | | | | **%.2f pp** | **%.2f pp** |%n",
            coverageError(rows, 0),
            coverageError(rows, 1)));
    Bar bar = BARS.get(horizon);
    if (bar != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "| bar | | | | | %.3f | %.3f | %.3f | 1.00 pp | 1.00 pp |%n",
              bar.mase(),
              bar.pinball90(),
              bar.pinball95()));
    }
  }

  private static void line(Row row, StringBuilder text) {
    Backtest.Result r = row.result();
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.4f | %.4f | %.4f | %.3f | %.3f | %.3f | %.2f %% | %.2f %% |%n",
            row.series(),
            r.ours().origins(),
            r.ours().mase(),
            r.naive().mase(),
            r.seasonalNaive().mase(),
            r.ours().mase() / r.naive().mase(),
            pinball(r.ours(), 0) / pinball(r.naive(), 0),
            pinball(r.ours(), 1) / pinball(r.naive(), 1),
            100 * r.ours().quantiles().get(0).coverage(),
            100 * r.ours().quantiles().get(1).coverage()));
  }

  private static double pinball(Score score, int quantile) {
    return score.quantiles().get(quantile).pinball();
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Backtest.Result> ratio) {
    double logs = rows.stream().mapToDouble(r -> Math.log(ratio.applyAsDouble(r.result()))).sum();
    return Math.exp(logs / rows.size());
  }

  private static double coverageError(List<Row> rows, int quantile) {
    return rows.stream()
        .map(row -> row.result().ours().quantiles().get(quantile))
        .mapToDouble(q -> 100 * Math.abs(q.coverage() - q.p()))
        .average()
        .orElseThrow();
  }
}
