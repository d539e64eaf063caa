// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.browser.RealBrowser;
import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.BacktestScores;
import io.agentscale.simulations.backtest.DecisionRow;
import io.agentscale.simulations.backtest.Fact;
import io.agentscale.simulations.backtest.Judged;
import io.agentscale.simulations.backtest.Recording;
import io.agentscale.simulations.backtest.Replicas;
import io.agentscale.simulations.backtest.Shortage;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.scenario.Prices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page people pass on must show a backtest's numbers, and its gaps as gaps. */
final class BacktestReportIT {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final String NASTY = "<b>coder</b>";

  private static RealBrowser browser;
  @TempDir private static Path directory;

  @BeforeAll
  static void open() throws IOException {
    browser = RealBrowser.start();
    Path file = directory.resolve("backtest.html");
    new BacktestReport(backtest()).write(file);
    browser.open(file.toUri());
    browser.await("document.querySelectorAll('.chart canvas').length === 3");
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static Backtest backtest() {
    double[] demand = {35, 55, Double.NaN, 55};
    double[] ready = {4, 4, 6, 6};
    double[] real = {4, 4, 4, Double.NaN};
    List<DecisionRow> rows = new ArrayList<>();
    for (int i = 0; i < demand.length; i++) {
      rows.add(
          new DecisionRow(
              new TimelineRow(
                  START.plus(STEP.multipliedBy(i)).plusSeconds(7),
                  Double.NaN,
                  demand[i],
                  1,
                  i == 0 ? 4 : 6,
                  i == 1 ? 2 : 0,
                  (int) ready[i],
                  0,
                  demand[i],
                  i == 0 ? "policy 4 by live" : "policy 6 by schedule"),
              i == 0 ? Double.NaN : 50,
              2));
    }
    return new Backtest(
        "prod/" + NASTY,
        "Deployment/coder",
        Quantity.of(10L),
        new Recording(START, STEP, demand),
        judged(NASTY, false, ready, 120.5, 3.5, 0.25),
        Optional.of(judged(Backtest.ACTUAL, true, real, 241, 12, null)),
        50,
        rows,
        Optional.of(new Prices("USD", 0.5)),
        List.of(new Fact("demand", "preset agent-concurrency, found as <i>ours</i>")),
        List.of("The demand was recorded."));
  }

  private static Judged judged(
      String name,
      boolean real,
      double[] ready,
      double hours,
      double minutes,
      @Nullable Double skill) {
    Recording recording = new Recording(START, STEP, ready);
    return new Judged(
        name,
        real,
        new Replicas(recording, recording),
        new BacktestScores(
            hours, hours / 2, 1.25, 100, hours, minutes, 0.75, 0.125, 15, 30, 20, 1, 25, 6, 2, 1,
            skill, skill),
        Optional.of(new Shortage(START, 55, 4, 40)));
  }

  @Test
  void page_showsTheNumbersOfBothSides() {
    assertThat(row(0)).startsWith(NASTY + "|1.250|120.5|60.25|3.5|0.750 %|0.125 %|15");
    assertThat(row(1)).startsWith("what really ran (baseline)|1.250|241|120.5|12|");
    assertThat(row(3)).startsWith("what really ran (baseline)|").endsWith("unknown|unknown");
    assertThat(text("document.getElementById('subtitle').textContent"))
        .isEqualTo(
            NASTY
                + " would have used 50.0 % fewer replica-hours (120.5 instead of 241.0), and been"
                + " short for 3.5 min instead of 12.0 min.");
    assertThat(text("document.getElementById('facts').textContent")).contains("<i>ours</i>");
    assertThat(text("document.getElementById('comparisons').textContent"))
        .contains("The demand was recorded.");
  }

  @Test
  void charts_areThoseThereIsSomethingToShowIn() {
    for (String shown : List.of("demand", "replicas", "spent")) {
      assertThat(isHidden(shown)).as(shown).isFalse();
    }
    for (String hidden : List.of("traffic", "load")) {
      assertThat(isHidden(hidden)).as(hidden).isTrue();
    }
    assertThat(text("document.getElementById('replicas').textContent"))
        .contains("desired", "ready", "really ran", "scheduled floor");
  }

  @Test
  void whatIsUnknown_isAGap_andCostsNothing() {
    String timeline = "JSON.parse(document.getElementById('data').textContent).replays[0].timeline";
    assertThat(text("JSON.stringify(" + timeline + ".demand)")).isEqualTo("[35,55,null,55]");
    assertThat(text("JSON.stringify(" + timeline + ".actual)")).isEqualTo("[4,4,4,null]");
    assertThat(text("JSON.stringify(" + timeline + ".needed)")).isEqualTo("[4,6,null,6]");
    // Two scored steps of 15 s: 4 and then 6 replicas at half a dollar an hour.
    assertThat(text("JSON.stringify(" + timeline + ".spent)")).isEqualTo("[0,0.008,0.021,0.021]");
  }

  @Test
  void decisions_areListed_andThePageIsQuiet() {
    assertThat(text("document.querySelector('#decisions tbody').textContent"))
        .contains("4 → 6", "policy 6 by schedule");
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requested()).allSatisfy(address -> assertThat(address).startsWith("file:"));
  }

  private static boolean isHidden(String chart) {
    return browser
        .evaluate("document.getElementById('%s').parentElement.hidden".formatted(chart))
        .asBoolean();
  }

  private static String text(String script) {
    return browser.text(script);
  }

  private static String row(int index) {
    return browser.text(
        "[...document.querySelectorAll('#comparisons tbody tr')[%d].children]".formatted(index)
            + ".map(c => c.textContent).join('|')");
  }
}
