// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.Input;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.schedule.Spans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An explanation as tables of plain text. */
final class ExplanationText {
  private static final String GAP = "  ";

  private ExplanationText() {}

  static String of(Explanation explanation) {
    var text = new StringBuilder();
    text.append(explanation.at()).append(GAP).append(headline(explanation)).append('\n');
    inputs(explanation.inputs(), text);
    proposals(explanation, text);
    if (!explanation.clamps().isEmpty()) {
      clamps(explanation.clamps(), text);
    }
    explanation.deadBand().ifPresent(band -> text.append("warning: ").append(band).append('\n'));
    for (String note : explanation.notes()) {
      text.append("note: ").append(note).append('\n');
    }
    return text.toString();
  }

  /** Says the outcome in one line. */
  static String headline(Explanation explanation) {
    String served =
        switch (explanation.served()) {
          case ServedDemand.Known(Quantity demand, Instant _) -> "demand served " + demand;
          case ServedDemand.Unknown(String cause) -> "no demand served, " + cause;
        };
    var text = new StringBuilder();
    text.append(explanation.present()).append(" -> ").append(explanation.replicas());
    text.append(" replicas by ").append(word(explanation.winner()));
    for (Clamp clamp : explanation.clamps()) {
      text.append(", then ").append(word(clamp.limit()));
    }
    return text.append("; ").append(served).toString();
  }

  private static void inputs(List<Input> inputs, StringBuilder text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("INPUT", "VALUE", "AGE", "SOURCE"));
    for (Input input : inputs) {
      String age = input.age().map(a -> Spans.text(a.truncatedTo(ChronoUnit.SECONDS))).orElse("-");
      rows.add(List.of(input.name(), input.value(), age, input.source()));
    }
    table(rows, text);
  }

  private static void proposals(Explanation explanation, StringBuilder text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PROPOSAL", "REPLICAS", "DEMAND", "BECAUSE"));
    for (Proposal proposal : explanation.proposals()) {
      String mark = proposal.source() == explanation.winner() ? "* " : "";
      rows.add(
          List.of(
              mark + word(proposal.source()),
              proposal.ask().map(ask -> Integer.toString(ask.replicas())).orElse("-"),
              proposal.ask().map(ask -> ask.demand().toString()).orElse("-"),
              proposal.because()));
    }
    table(rows, text);
  }

  private static void clamps(List<Clamp> clamps, StringBuilder text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("LIMIT", "BEFORE", "AFTER", "BECAUSE"));
    for (Clamp clamp : clamps) {
      rows.add(
          List.of(
              word(clamp.limit()),
              Integer.toString(clamp.before()),
              Integer.toString(clamp.after()),
              clamp.because()));
    }
    table(rows, text);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Writes rows with columns as wide as their widest cell; the last column ends where it ends. */
  private static void table(List<List<String>> rows, StringBuilder text) {
    int last = rows.getFirst().size() - 1;
    int[] widths = new int[last];
    for (List<String> row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
    }
    text.append('\n');
    for (List<String> row : rows) {
      for (int i = 0; i < last; i++) {
        text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length()).append(GAP);
      }
      text.append(row.get(last)).append('\n');
    }
  }
}
