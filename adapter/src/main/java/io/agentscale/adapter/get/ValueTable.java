// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a list of metric values as aligned columns, oldest facts last: what, how much, how old.
 */
final class ValueTable {
  private static final String GAP = "   ";

  private ValueTable() {}

  static void print(JsonNode list, Instant now, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    boolean external = list.path("kind").asText().startsWith("External");
    rows.add(
        external
            ? List.of("METRIC", "LABELS", "VALUE", "AGE")
            : List.of("NAMESPACE", "KIND", "NAME", "METRIC", "VALUE", "AGE"));
    for (JsonNode item : list.path("items")) {
      rows.add(external ? externalRow(item, now) : objectRow(item, now));
    }
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static List<String> externalRow(JsonNode item, Instant now) {
    List<String> labels = new ArrayList<>();
    item.path("metricLabels")
        .properties()
        .forEach(label -> labels.add(label.getKey() + "=" + label.getValue().asText()));
    return List.of(
        item.path("metricName").asText(),
        String.join(",", labels),
        item.path("value").asText(),
        age(item, now));
  }

  private static List<String> objectRow(JsonNode item, Instant now) {
    JsonNode object = item.path("describedObject");
    return List.of(
        object.path("namespace").asText(),
        object.path("kind").asText(),
        object.path("name").asText(),
        item.path("metric").path("name").asText(),
        item.path("value").asText(),
        age(item, now));
  }

  private static String age(JsonNode item, Instant now) {
    if (!item.path("timestamp").isTextual()) {
      return "unknown";
    }
    Duration age = Duration.between(Instant.parse(item.path("timestamp").asText()), now);
    return Math.max(0, age.toSeconds()) + "s";
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      boolean last = column == widths.length - 1;
      line.append(row.get(column));
      if (!last) {
        line.append(" ".repeat(widths[column] - row.get(column).length())).append(GAP);
      }
    }
    return line.toString();
  }
}
