// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import io.agentscale.core.schedule.Spans;
import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.scenario.PolicySummary;
import io.agentscale.simulations.tune.run.Extent;
import io.agentscale.simulations.tune.run.Finalist;
import io.agentscale.simulations.tune.run.Searched;
import io.agentscale.simulations.tune.run.TuneResult;
import io.agentscale.simulations.tune.run.TuneSettings;
import io.agentscale.simulations.tune.run.Worth;
import io.agentscale.simulations.tune.settings.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What came of a tuning, as a person reads it: the front, the choice, and the held-out days. */
final class TuneText {
  private static final int PLOT_WIDTH = 60;
  private static final int PLOT_HEIGHT = 14;

  private final TuneResult result;
  private final SearchSpace space;
  private final TuneSettings settings;

  TuneText(TuneResult result, SearchSpace space, TuneSettings settings) {
    this.result = result;
    this.space = space;
    this.settings = settings;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%d policies tried by the fluid engine on the first %s; %d are on the front."
            .formatted(
                result.searched().size(), Spans.text(result.training()), result.front().size()));
    plot(text);
    line(text, "");
    verified(text);
    line(text, "");
    line(text, choice());
    line(text, "");
    heldOut(text);
    return text.toString();
  }

  private void verified(StringBuilder text) {
    line(text, "Verified by the " + engine() + " engine, " + extent() + ":");
    line(text, row("", "late %", "bad day %", "cost", "fluid late %", "fluid cost") + "  settings");
    line(text, row("present", result.present()) + "  as now");
    for (Finalist finalist : result.verified()) {
      String mark = finalist.equals(result.picked()) ? "picked" : "";
      line(text, row(mark, finalist) + "  " + space.text(finalist.candidate()));
    }
    line(text, "");
    line(text, "A bad day is the worst of those in training, of ten and more but for one in ten.");
    line(
        text,
        "The engines differ by at most %.3f points of late %% and %.2f %% of the cost."
            .formatted(most(Finalist::lateDifference), most(Finalist::costDifferencePercent)));
  }

  private double most(ToDoubleFunction<Finalist> difference) {
    return result.verified().stream()
        .mapToDouble(each -> Math.abs(difference.applyAsDouble(each)))
        .max()
        .orElse(0);
  }

  private String extent() {
    Extent extent = result.extent();
    return extent.isWhole()
        ? "on the same days"
        : ("on %d of %d parts of %s (the worst, and others spread evenly); the rest by the fluid"
                + " engine, moved by the difference")
            .formatted(extent.replayed(), extent.of(), Spans.text(extent.portion()));
  }

  private String engine() {
    return settings.verifier().name().toLowerCase(Locale.ROOT);
  }

  private String choice() {
    String rule = settings.ruleText();
    return result.byRule()
        ? "Picked: " + rule + "."
        : "None of them qualifies as "
            + rule
            + "; shown is the one with the fewest late. Allow more replicas, or let other settings"
            + " vary.";
  }

  private void heldOut(StringBuilder text) {
    line(
        text,
        "On the days the search has not seen, by the %s engine:"
            .formatted(result.heldOut().engine()));
    line(text, row("", "late %", "cost", "hours", "money", "flaps") + "  p99 ms");
    for (PolicySummary policy : result.heldOut().policies()) {
      PolicyScores scores = policy.scores();
      line(
          text,
          row(
                  policy.name(),
                  number(scores.latePercent()),
                  number(scores.costRatio()),
                  number(scores.replicaHours()),
                  number(scores.money()),
                  String.valueOf(scores.flaps()))
              + "  "
              + number(scores.p99Ms()));
    }
    line(text, "");
    line(text, HeldOutText.of(result, settings.allowedLatePercent()));
  }

  /** A chart of the front, as far as characters can: late percent upwards, cost to the right. */
  private void plot(StringBuilder text) {
    List<Searched> front = result.front();
    if (front.size() < 2) {
      return;
    }
    double left = front.getFirst().worth().costRatio();
    double right = front.getLast().worth().costRatio();
    double top = front.stream().mapToDouble(each -> each.worth().badDayPercent()).max().orElse(0);
    char[][] cells = new char[PLOT_HEIGHT][PLOT_WIDTH];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    for (Searched each : front) {
      mark(cells, each.worth(), left, right, top, 'o');
    }
    mark(cells, result.picked().searched(), left, right, top, 'X');
    line(text, "");
    line(text, "late % on a bad day  o front, X picked");
    for (int i = 0; i < PLOT_HEIGHT; i++) {
      String label = i == 0 ? number(top) : i == PLOT_HEIGHT - 1 ? "0" : "";
      line(text, "%8s |%s".formatted(label, new String(cells[i]).stripTrailing()));
    }
    line(text, " ".repeat(9) + "+" + "-".repeat(PLOT_WIDTH));
    String low = number(left);
    line(text, " ".repeat(10) + low + padded(number(right) + " cost", low));
  }

  private static String padded(String last, String first) {
    return " ".repeat(Math.max(1, PLOT_WIDTH - first.length() - last.length())) + last;
  }

  private static void mark(
      char[][] cells, Worth worth, double left, double right, double top, char mark) {
    int column = place(worth.costRatio() - left, right - left, PLOT_WIDTH);
    int row = PLOT_HEIGHT - 1 - place(worth.badDayPercent(), top, PLOT_HEIGHT);
    cells[row][column] = mark;
  }

  private static int place(double value, double most, int cells) {
    return most > 0 ? Math.clamp((int) (value / most * cells), 0, cells - 1) : 0;
  }

  private static String row(String name, Finalist finalist) {
    Worth worth = finalist.worth();
    return row(
        name,
        number(worth.latePercent()),
        number(worth.badDayPercent()),
        number(worth.costRatio()),
        number(finalist.searched().latePercent()),
        number(finalist.searched().costRatio()));
  }

  private static String row(
      String name, String one, String two, String three, String four, String five) {
    return "%-18s%10s%12s%10s%14s%12s".formatted(name, one, two, three, four, five);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static void line(StringBuilder text, String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
