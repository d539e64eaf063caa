// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import io.agentscale.core.schedule.Spans;
import io.agentscale.simulations.report.Pareto;
import io.agentscale.simulations.report.Pareto.Point;
import io.agentscale.simulations.report.Report;
import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.tune.run.Finalist;
import io.agentscale.simulations.tune.run.Searched;
import io.agentscale.simulations.tune.run.TuneResult;
import io.agentscale.simulations.tune.run.TuneSettings;
import io.agentscale.simulations.tune.run.Worth;
import io.agentscale.simulations.tune.settings.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a tuning leaves behind: manifests to apply, the front as CSV, and a report. */
final class TuneFiles {
  static final String MANIFESTS = "tuned.yaml";
  static final String FRONT = "front.csv";
  static final String REPORT = "report.html";

  private final TuneResult result;
  private final SearchSpace space;
  private final TuneSettings settings;

  TuneFiles(TuneResult result, SearchSpace space, TuneSettings settings) {
    this.result = result;
    this.space = space;
    this.settings = settings;
  }

  /**
   * Writes the files.
   *
   * @throws IOException if one cannot be written
   */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(MANIFESTS), manifests());
    Files.writeString(directory.resolve(FRONT), front());
    report().write(directory.resolve(REPORT));
  }

  private String manifests() {
    PolicyScores tuned = result.heldOut(TuneResult.TUNED);
    PolicyScores present = result.heldOut(TuneResult.PRESENT);
    return """
    # Tuned by agentscale on the first %s of the scenario's traffic: %s.
    # On the days after, which the search has not seen: %s %% late at cost %s;
    # the settings before: %s %% late at cost %s. Cost is replica-hours over the least possible.
    %s\
    """
        .formatted(
            Spans.text(result.training()),
            result.byRule()
                ? settings.ruleText()
                : "nothing met the rule, these are the fewest late",
            number(tuned.latePercent()),
            number(tuned.costRatio()),
            number(present.latePercent()),
            number(present.costRatio()),
            space.manifests(result.picked().candidate()));
  }

  private String front() {
    StringBuilder csv = new StringBuilder("late_percent,bad_day_percent,cost_ratio,flaps");
    space.genes().forEach(gene -> csv.append(',').append(gene.name()));
    csv.append('\n');
    for (Searched each : result.front()) {
      Worth worth = each.worth();
      csv.append(number(worth.latePercent()))
          .append(',')
          .append(number(worth.badDayPercent()))
          .append(',')
          .append(number(worth.costRatio()))
          .append(',')
          .append(number(worth.flaps()));
      space.words(each.candidate()).values().forEach(word -> csv.append(',').append(word));
      csv.append('\n');
    }
    return csv.toString();
  }

  private Report report() {
    Pareto pareto =
        new Pareto(
            "cost (replica-hours / minimal), by late % on a bad day",
            result.searched().stream().map(each -> point("", each.worth())).toList(),
            result.front().stream().map(this::point).toList(),
            List.of(point("present, verified", result.present().worth())),
            List.of(point("picked, verified", result.picked().worth())));
    Report report =
        Report.of(List.of(result.heldOut()))
            .with(pareto)
            .withFact(
                "Search",
                "%d policies, fluid engine, the first %s"
                    .formatted(result.searched().size(), Spans.text(result.training())))
            .withFact("Rule", settings.ruleText())
            .withFact("Scores", "of the days after, which the search has not seen")
            .withFact("Tuned settings", space.words(result.picked().candidate()).toString());
    for (Finalist finalist : result.verified()) {
      report =
          report.withFact(
              finalist.equals(result.picked()) ? "Verified, picked" : "Verified",
              "%s %% late at cost %s (fluid: %s %%, %s): %s"
                  .formatted(
                      number(finalist.worth().latePercent()),
                      number(finalist.worth().costRatio()),
                      number(finalist.searched().latePercent()),
                      number(finalist.searched().costRatio()),
                      space.text(finalist.candidate())));
    }
    return report;
  }

  private Point point(Searched searched) {
    return point(space.text(searched.candidate()), searched.worth());
  }

  private static Point point(String name, Worth worth) {
    return new Point(name, worth.costRatio(), worth.badDayPercent());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
