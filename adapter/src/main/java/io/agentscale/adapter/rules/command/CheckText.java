// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.rules.QueryPlan;
import io.agentscale.adapter.rules.RuleSource;
import io.agentscale.adapter.rules.command.MetricQuestion.Reply;
import io.agentscale.adapter.rules.command.SeriesExplanation.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A check for people to read. */
final class CheckText {
  private CheckText() {}

  static void print(CheckReport report, PrintWriter out) {
    table(report.metrics(), out);
    report
        .gaps()
        .forEach((rule, gap) -> out.println(at(rule) + "rule `" + rule.title() + "` " + gap));
    report.remarks().forEach(r -> out.println(at(r.rule()) + "remark: " + r.text()));
    report.warnings().forEach(w -> out.println(at(w.rule()) + "warning: " + w.text()));
  }

  private static void table(List<CheckReport.Line> metrics, PrintWriter out) {
    if (metrics.isEmpty()) {
      out.println("No metric is known to be exposed.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METRIC", "RESOURCE", "RULE", "SERIES"));
    for (CheckReport.Line line : metrics) {
      String series = line.series().isEmpty() ? "(raw query)" : line.series();
      rows.add(
          List.of(
              line.metric(),
              line.resource(),
              "line " + line.rule().at().line(),
              series + (line.assumed() ? " (assumed)" : "")));
    }
    String format = format(rows);
    rows.forEach(row -> out.println(format.formatted(row.toArray()).stripTrailing()));
  }

  private static String format(List<List<String>> rows) {
    StringBuilder format = new StringBuilder();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      int width = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(1);
      format.append("%-").append(width + 2).append('s');
    }
    return format.toString();
  }

  static void print(MetricQuestion question, Reply reply, PrintWriter out) {
    out.println(reply.rule().source());
    print("", reply.safe(), out);
    if (!reply.compatible().equals(reply.safe())) {
      print("with compat: true: ", reply.compatible(), out);
    }
    out.println(reply.rows());
    if (question.resource().isPresent() && question.madeUp()) {
      out.println(
          "The names are made up: "
              + String.join(", ", MetricQuestion.PLACEHOLDERS)
              + "; give yours with --names");
    }
  }

  private static void print(String when, QueryPlan plan, PrintWriter out) {
    out.println(
        when
            + switch (plan) {
              case QueryPlan.Ask(String promql) -> promql;
              case QueryPlan.Refuse refuse -> "refused: " + refuse.cause();
            });
  }

  static void print(List<Verdict> verdicts, PrintWriter out) {
    verdicts.forEach(
        verdict -> {
          RuleSource rule = verdict.rule().source();
          out.println(at(rule) + "rule `" + rule.title() + "`: " + verdict.text());
        });
  }

  private static String at(RuleSource rule) {
    return rule.at() + ": ";
  }
}
