// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.rules.QueryPlan;
import io.agentscale.adapter.rules.RuleSource;
import io.agentscale.adapter.rules.command.MetricQuestion.Reply;
import io.agentscale.adapter.rules.command.SeriesExplanation.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** A check for programs to read. */
final class CheckJson {
  private CheckJson() {}

  static void print(CheckReport report, PrintWriter out) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode metrics = root.putArray("metrics");
    for (CheckReport.Line line : report.metrics()) {
      put(metrics.addObject(), line.rule())
          .put("metric", line.metric())
          .put("resource", line.resource())
          .put("series", line.series())
          .put("assumed", line.assumed());
    }
    ArrayNode gaps = root.putArray("unlisted");
    report.gaps().forEach((rule, gap) -> put(gaps.addObject(), rule).put("message", gap));
    ArrayNode remarks = root.putArray("remarks");
    report.remarks().forEach(r -> put(remarks.addObject(), r.rule()).put("message", r.text()));
    ArrayNode warnings = root.putArray("warnings");
    report.warnings().forEach(w -> put(warnings.addObject(), w.rule()).put("message", w.text()));
    out.println(root.toPrettyString());
  }

  static void print(MetricQuestion question, Reply reply, PrintWriter out) {
    ObjectNode root = put(JsonNodeFactory.instance.objectNode(), reply.rule().source());
    put(root.putObject("safe"), reply.safe());
    put(root.putObject("compat"), reply.compatible());
    root.put("rows", reply.rows());
    root.put("namesMadeUp", question.resource().isPresent() && question.madeUp());
    out.println(root.toPrettyString());
  }

  private static void put(ObjectNode node, QueryPlan plan) {
    var _ =
        switch (plan) {
          case QueryPlan.Ask(String promql) -> node.put("query", promql);
          case QueryPlan.Refuse refuse -> node.put("refused", refuse.cause());
        };
  }

  static void print(List<Verdict> verdicts, PrintWriter out) {
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    verdicts.forEach(v -> put(rules.addObject(), v.rule().source()).put("message", v.text()));
    out.println(rules.toPrettyString());
  }

  private static ObjectNode put(ObjectNode node, RuleSource rule) {
    return node.put("rule", rule.title()).put("line", rule.at().line());
  }
}
