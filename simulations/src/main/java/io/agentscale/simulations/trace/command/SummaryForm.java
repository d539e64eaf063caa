// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.simulations.trace.QuantileSketch;
import io.agentscale.simulations.trace.row.BadRows;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The forms a summary is printed in; lower case because a person types them. */
enum SummaryForm {
  text {
    @Override
    void print(TraceSummary summary, BadRows bad, PrintWriter out) {
      line(out, "start", summary.traffic().start());
      line(out, "end", summary.traffic().end());
      String rows = summary.isRequests() ? "requests, rates over steps of " : "rates in steps of ";
      line(out, "rows", rows + seconds(summary) + " s");
      line(out, "steps", summary.steps());
      line(out, "requests", String.format(Locale.ROOT, "%.0f", summary.requests()));
      line(out, "requests/s", quantiles(summary.rates()));
      if (summary.isRequests()) {
        line(out, "input tokens", quantiles(summary.inputTokens()));
        line(out, "output tokens", quantiles(summary.outputTokens()));
      }
      line(out, "gaps", gaps(summary));
      line(out, "bad rows", bad.count());
      bad.first().forEach(message -> out.println("  " + message));
    }
  },

  json {
    @Override
    void print(TraceSummary summary, BadRows bad, PrintWriter out) {
      ObjectNode root = new ObjectMapper().createObjectNode();
      root.put("kind", summary.isRequests() ? "requests" : "rates");
      root.put("start", summary.traffic().start().toString());
      root.put("end", summary.traffic().end().toString());
      root.put("stepSeconds", summary.step().toMillis() / 1e3);
      root.put("steps", summary.steps());
      root.put("requests", summary.requests());
      put(root.putObject("requestsPerSecond"), summary.rates());
      if (summary.isRequests()) {
        put(root.putObject("inputTokens"), summary.inputTokens());
        put(root.putObject("outputTokens"), summary.outputTokens());
      }
      ObjectNode gaps = root.putObject("gaps");
      gaps.put("count", summary.gaps().runs());
      gaps.put("steps", summary.gaps().steps());
      gaps.put("longestSteps", summary.gaps().longest());
      summary.gaps().first().ifPresent(at -> gaps.put("first", at.toString()));
      ObjectNode badRows = root.putObject("badRows");
      badRows.put("count", bad.count());
      bad.first().forEach(badRows.putArray("first")::add);
      out.println(root.toPrettyString());
    }
  };

  private static final Map<String, Double> QUANTILES =
      new TreeMap<>(Map.of("p50", 0.5, "p90", 0.9, "p99", 0.99, "p999", 0.999));

  abstract void print(TraceSummary summary, BadRows bad, PrintWriter out);

  private static void line(PrintWriter out, String name, Object value) {
    out.printf(Locale.ROOT, "%-14s %s%n", name, value);
  }

  private static double seconds(TraceSummary summary) {
    return summary.step().toMillis() / 1e3;
  }

  private static String quantiles(QuantileSketch sketch) {
    if (sketch.count() == 0) {
      return "unknown";
    }
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "mean %.4g", sketch.mean()));
    QUANTILES.forEach(
        (name, share) ->
            text.append(String.format(Locale.ROOT, ", %s %.4g", name, sketch.quantile(share))));
    return text.append(String.format(Locale.ROOT, ", max %.4g", sketch.max())).toString();
  }

  private static void put(ObjectNode node, QuantileSketch sketch) {
    if (sketch.count() == 0) {
      return;
    }
    node.put("mean", sketch.mean());
    QUANTILES.forEach((name, share) -> node.put(name, sketch.quantile(share)));
    node.put("max", sketch.max());
  }

  private static String gaps(TraceSummary summary) {
    TraceSummary.GapCount gaps = summary.gaps();
    return gaps.first()
        .map(
            at ->
                "%d, %d of %d steps unknown, the longest %d steps, the first at %s"
                    .formatted(gaps.runs(), gaps.steps(), summary.steps(), gaps.longest(), at))
        .orElse("none");
  }
}
