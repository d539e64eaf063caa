// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.BacktestScores;
import io.agentscale.simulations.backtest.Fact;
import io.agentscale.simulations.backtest.Judged;
import io.agentscale.simulations.backtest.Shortage;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A backtest as text: how it was made, a row a score, and what it comes to in a sentence. */
final class BacktestText {
  private static final String UNKNOWN = "-";

  private final Formatter out = new Formatter(Locale.ROOT);
  private final Backtest backtest;

  private BacktestText(Backtest backtest) {
    this.backtest = backtest;
  }

  /** Returns the text, with a line end. */
  static String of(Backtest backtest) {
    return new BacktestText(backtest).text();
  }

  private String text() {
    out.format("%s, which scales %s\n\n", backtest.policy(), backtest.target());
    int width = backtest.facts().stream().mapToInt(fact -> fact.name().length()).max().orElse(1);
    for (Fact fact : backtest.facts()) {
      out.format("%-" + width + "s  %s\n", fact.name(), fact.value());
    }
    out.format("\n");
    cells("", Judged::name);
    rows();
    out.format("\n%s\n", backtest.plainly());
    backtest.caveats().forEach(caveat -> out.format("%s\n", caveat));
    return out.toString();
  }

  private void rows() {
    String currency = backtest.prices().map(prices -> prices.currency()).orElse("");
    row("replica-hours", scores -> decimals(1, scores.replicaHours()));
    row(("money " + currency).strip(), scores -> decimals(2, scores.money()));
    row("x minimal schedule", scores -> decimals(3, scores.costRatio()));
    row("short, min", scores -> decimals(1, scores.shortMinutes()));
    row("short, % of time", scores -> decimals(3, scores.shortTimePercent()));
    row("short, % of demand", scores -> decimals(3, scores.shortDemandPercent()));
    cells(
        "worst moment",
        judged -> judged.worst().map(Shortage::at).map(String::valueOf).orElse(UNKNOWN));
    cells(
        "  demand above ready", judged -> judged.worst().map(BacktestText::worst).orElse(UNKNOWN));
    row("over, % of time", scores -> decimals(2, scores.overTimePercent()));
    row("over, replica-hours", scores -> decimals(1, scores.wastedHours()));
    row("most ready", scores -> String.valueOf(scores.mostReplicas()));
    row("scale actions", scores -> String.valueOf(scores.scaleActions()));
    row("flaps", scores -> String.valueOf(scores.flaps()));
    row("forecast skill", scores -> decimals(3, scores.forecastSkill()));
    row("forecast coverage", scores -> decimals(3, scores.forecastCoverage()));
  }

  private static String worst(Shortage worst) {
    return String.format(
        Locale.ROOT, "%.1f > %.1f of %d", worst.demand(), worst.carried(), worst.ready());
  }

  /** A score that nobody has is no row. */
  private void row(String name, Function<BacktestScores, String> of) {
    List<String> values = backtest.judged().stream().map(Judged::scores).map(of).toList();
    if (values.stream().anyMatch(value -> !value.equals(UNKNOWN))) {
      cells(name, judged -> of.apply(judged.scores()));
    }
  }

  private void cells(String name, Function<Judged, String> of) {
    out.format("%-21s", name);
    backtest.judged().forEach(judged -> out.format(" %24s", of.apply(judged)));
    out.format("\n");
  }

  private static String decimals(int decimals, @Nullable Double value) {
    return value == null ? UNKNOWN : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
