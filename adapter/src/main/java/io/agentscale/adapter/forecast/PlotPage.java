// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A page that draws forecasts over what happened, one chart and one error strip a horizon. */
final class PlotPage {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ROOT);

  private final Series series;
  private final int first;
  private final List<Backtest.Result> results;
  private final List<Backtest.Made> made;

  /**
   * Makes a page.
   *
   * @param first the first bucket to draw
   */
  PlotPage(Series series, int first, List<Backtest.Result> results, List<Backtest.Made> made) {
    this.series = series;
    this.first = first;
    this.results = results;
    this.made = made;
  }

  String html() {
    StringBuilder page = new StringBuilder(HEAD.replace("{name}", escape(series.name())));
    for (int k = 0; k < results.size(); k++) {
      horizon(k, page);
    }
    return page.append("</main></body></html>\n").toString();
  }

  private void horizon(int k, StringBuilder page) {
    Backtest.Result result = results.get(k);
    List<Backtest.Made> shown =
        made.stream().filter(m -> m.horizon() == k && m.target() >= first).toList();
    int end = Math.max(series.length(), shown.isEmpty() ? 0 : shown.getLast().target() + 1);
    page.append(
        String.format(
            Locale.ROOT,
            "<h2>%d minutes ahead</h2><p>MASE %.3f (naive %.3f, seasonal naive %.3f) over %d"
                + " forecasts; %.1f %% stayed below the band's upper edge.</p>%n",
            result.horizon().toMinutes(),
            result.ours().mase(),
            result.naive().mase(),
            result.seasonalNaive().mase(),
            result.ours().origins(),
            100 * result.ours().quantiles().getLast().coverage()));
    forecasts(shown, end, page);
    errors(shown, end, page);
  }

  private void forecasts(List<Backtest.Made> shown, int end, StringBuilder page) {
    Chart chart = new Chart(first, end, 320);
    for (int t = first; t < series.length(); t++) {
      chart.include(series.value(t));
    }
    shown.forEach(m -> chart.include(m.value()));
    days(chart, end);
    chart.band(shown);
    Chart.Line forecast = chart.line("forecast");
    shown.forEach(m -> forecast.to(m.target(), m.value()));
    forecast.end();
    Chart.Line history = chart.line("history");
    for (int t = first; t < series.length(); t++) {
      history.to(t, series.value(t));
    }
    history.end();
    page.append(chart.svg("What happened, what was forecast, and the band"));
  }

  private void errors(List<Backtest.Made> shown, int end, StringBuilder page) {
    Chart chart = new Chart(first, end, 120);
    List<Backtest.Made> met = shown.stream().filter(m -> m.target() < series.length()).toList();
    chart.include(0);
    met.forEach(m -> chart.include(error(m)));
    days(chart, end);
    Chart.Line line = chart.line("error");
    met.forEach(m -> line.to(m.target(), error(m)));
    line.end();
    page.append(chart.svg("Forecast minus what happened"));
  }

  private double error(Backtest.Made m) {
    return m.value() - series.value(m.target());
  }

  private void days(Chart chart, int end) {
    Instant from = series.at(first);
    LocalDate day = from.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
    long every = Math.max(1, Duration.between(from, series.at(end)).toDays() / 10);
    for (int n = 0; ; n++) {
      Instant midnight = day.plusDays(n * every).atStartOfDay(ZoneOffset.UTC).toInstant();
      double t = (double) Duration.between(series.at(0), midnight).toSeconds();
      double bucket = t / series.step().toSeconds();
      if (bucket >= end) {
        return;
      }
      chart.tick(bucket, DAY.format(midnight.atZone(ZoneOffset.UTC)));
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Forecasts of {name}</title>
      <style>
      :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
      main { max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
      svg { width: 100%; height: auto; font-size: 12px; }
      text { fill: currentColor; opacity: .75; }
      .grid { stroke: currentColor; opacity: .15; }
      .history { fill: none; stroke: currentColor; opacity: .7; }
      .forecast { fill: none; stroke: #d9480f; stroke-width: 1.5; }
      .error { fill: none; stroke: #d9480f; }
      .band { fill: #f59f00; opacity: .25; }
      b.forecast { color: #d9480f; } b.band { background: #f59f0040; opacity: 1; }
      </style></head><body><main>
      <h1>Forecasts of {name}</h1>
      <p>Grey: what happened. <b class="forecast">Orange</b>: what was forecast for that moment.
      <b class="band">Shaded</b>: nine of ten values should lie here. Times are UTC.</p>
      """;
}
