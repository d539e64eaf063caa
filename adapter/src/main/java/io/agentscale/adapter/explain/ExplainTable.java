// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.core.schedule.Spans;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints what {@link ExplainPage} serves of one policy as tables: what holds, what was decided when
 * and by whom, and all that the last decision is made of.
 */
final class ExplainTable {
  private static final String GAP = "  ";
  private static final List<String> DECISIONS =
      List.of(
          "AT",
          "REPLICAS",
          "DECIDED",
          "BY",
          "LIVE",
          "SCHEDULE",
          "FORECAST",
          "SERVED",
          "LIMITS",
          "AUTOSCALER",
          "TIMES",
          "ACTIONS");

  private final Instant now;
  private final PrintWriter out;

  private ExplainTable(Instant now, PrintWriter out) {
    this.now = now;
    this.out = out;
  }

  static void print(JsonNode explained, Instant now, PrintWriter out) {
    ExplainTable table = new ExplainTable(now, out);
    if (explained.has("refused")) {
      table.refused(explained.path("refused"));
      return;
    }
    table.heading(explained.path("policy"));
    table.conditions(explained);
    List<JsonNode> decisions = new ArrayList<>();
    explained.path("decisions").forEach(decisions::add);
    if (decisions.isEmpty()) {
      out.println();
      out.println("no decision in that time");
      return;
    }
    table.decisions(decisions);
    table.latest(decisions.getLast());
  }

  private void refused(JsonNode refused) {
    out.println(
        refused.path("namespace").asText() + "/" + refused.path("name").asText() + " is refused:");
    refused.path("problems").forEach(problem -> out.println(GAP + problem.asText()));
  }

  private void heading(JsonNode policy) {
    out.println(
        "%s/%s: %s, mode %s, by %s, %s a replica, %s"
            .formatted(
                policy.path("namespace").asText(),
                policy.path("name").asText(),
                policy.path("target").asText(),
                policy.path("mode").asText(),
                policy.path("actuation").asText(),
                policy.path("perReplica").asText(),
                policy.path("demand").asText()));
  }

  private void conditions(JsonNode explained) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CONDITION", "STATUS", "FOR", "REASON", "MESSAGE"));
    for (JsonNode condition : explained.path("conditions")) {
      rows.add(
          List.of(
              condition.path("type").asText(),
              condition.path("status").asText(),
              age(condition.path("lastTransitionTime").asText()),
              condition.path("reason").asText(),
              condition.path("message").asText()));
    }
    table(rows);
    explained.path("warnings").forEach(warning -> out.println("warning: " + warning.asText()));
  }

  /** Decisions that say the same one after the other are one row. */
  private void decisions(List<JsonNode> decisions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(DECISIONS);
    List<String> said = List.of();
    int times = 0;
    List<String> row = List.of();
    for (JsonNode decision : decisions) {
      List<String> says = says(decision);
      if (!says.equals(said) && times > 0) {
        rows.add(counted(row, times));
        times = 0;
      }
      if (times == 0) {
        row = new ArrayList<>(List.of(decision.path("at").asText()));
        row.addAll(says);
        said = says;
      }
      times++;
    }
    rows.add(counted(row, times));
    table(rows);
  }

  private static List<String> counted(List<String> row, int times) {
    List<String> counted = new ArrayList<>(row);
    counted.add(counted.size() - 1, times == 1 ? "" : "x" + times);
    return counted;
  }

  private static List<String> says(JsonNode decision) {
    List<String> limits = new ArrayList<>();
    decision.path("clamps").forEach(clamp -> limits.add(clamp.path("limit").asText()));
    List<String> actions = new ArrayList<>();
    decision.path("actions").forEach(action -> actions.add(action.asText()));
    JsonNode autoscaler = decision.path("autoscaler");
    return List.of(
        "%d, %d ready"
            .formatted(decision.path("replicas").asInt(), decision.path("readyReplicas").asInt()),
        decision.path("decided").asText(),
        decision.path("winner").asText(),
        asked(decision, "live"),
        asked(decision, "schedule"),
        asked(decision, "forecast"),
        decision.path("served").path("demand").asText("unknown"),
        limits.isEmpty() ? "-" : String.join(", ", limits),
        autoscaler.isMissingNode() ? "-" : "wants " + autoscaler.path("desiredReplicas").asText(),
        String.join("; ", actions));
  }

  private static String asked(JsonNode decision, String source) {
    for (JsonNode proposal : decision.path("proposals")) {
      if (proposal.path("source").asText().equals(source)) {
        return proposal.has("replicas") ? proposal.path("replicas").asText() : "-";
      }
    }
    return "-";
  }

  private void latest(JsonNode decision) {
    out.println();
    out.println("The last decision, " + age(decision.path("at").asText()) + " ago:");
    List<List<String>> inputs = new ArrayList<>();
    inputs.add(List.of("INPUT", "VALUE", "AGE", "SOURCE"));
    for (JsonNode input : decision.path("inputs")) {
      inputs.add(
          List.of(
              input.path("name").asText(),
              input.path("value").asText(),
              input.has("ageSeconds")
                  ? Spans.text(Duration.ofSeconds(input.path("ageSeconds").asLong()))
                  : "-",
              input.path("source").asText()));
    }
    table(inputs);
    List<List<String>> proposals = new ArrayList<>();
    proposals.add(List.of("PROPOSAL", "REPLICAS", "DEMAND", "BECAUSE"));
    for (JsonNode proposal : decision.path("proposals")) {
      String source = proposal.path("source").asText();
      boolean won = source.equals(decision.path("winner").asText());
      proposals.add(
          List.of(
              won ? "* " + source : source,
              proposal.path("replicas").asText("-"),
              proposal.path("demand").asText("-"),
              proposal.path("because").asText()));
    }
    table(proposals);
    afterwards(decision);
  }

  private void afterwards(JsonNode decision) {
    for (JsonNode clamp : decision.path("clamps")) {
      out.println(
          "limit %s: %d replicas instead of %d, %s"
              .formatted(
                  clamp.path("limit").asText(),
                  clamp.path("after").asInt(),
                  clamp.path("before").asInt(),
                  clamp.path("because").asText()));
    }
    if (decision.has("deadBand")) {
      out.println("warning: " + decision.path("deadBand").asText());
    }
    decision.path("notes").forEach(note -> out.println("note: " + note.asText()));
    JsonNode served = decision.path("served");
    out.println(
        served.has("demand")
            ? "served: " + served.path("demand").asText()
            : "served: nothing, " + served.path("unknown").asText());
  }

  private String age(String time) {
    Duration age = Duration.between(Instant.parse(time), now).truncatedTo(ChronoUnit.SECONDS);
    return age.isPositive() ? Spans.text(age) : "0s";
  }

  /** Writes rows with columns as wide as their widest cell; the last column ends where it ends. */
  private void table(List<List<String>> rows) {
    int last = rows.getFirst().size() - 1;
    int[] widths = new int[last];
    for (List<String> row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
    }
    out.println();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < last; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length()).append(GAP);
      }
      out.println(line.append(row.get(last)).toString().stripTrailing());
    }
  }
}
