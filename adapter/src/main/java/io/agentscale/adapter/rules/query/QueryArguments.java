// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.rules.template.GoType;
import io.agentscale.adapter.rules.template.GoValue;
import io.agentscale.adapter.rules.template.Text;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a query template is rendered with.
 *
 * @param series {@code .Series}: the name of a series
 * @param matchers {@code .LabelMatchers} and {@code .LabelValuesByName}
 * @param groupBy {@code .GroupBy} and {@code .GroupBySlice}: labels to group by
 */
public record QueryArguments(String series, List<LabelMatcher> matchers, List<String> groupBy) {
  static final Map<String, GoType> FIELDS =
      Map.of(
          "Series", GoType.TEXT,
          "LabelMatchers", GoType.TEXT,
          "LabelValuesByName", GoType.TEXT_MAP,
          "GroupBy", GoType.TEXT,
          "GroupBySlice", GoType.TEXTS);

  public QueryArguments {
    matchers = List.copyOf(matchers);
    groupBy = List.copyOf(groupBy);
  }

  Map<String, GoValue> values(RuleMode mode) {
    SortedMap<String, Text> byName = new TreeMap<>();
    matchers.forEach(matcher -> byName.put(matcher.label(), Text.value(matcher.values())));
    String selector = matchers.stream().map(m -> m.promql(mode)).collect(joining(","));
    return Map.of(
        "Series", Text.literal(series),
        "LabelMatchers", Text.literal(selector),
        "LabelValuesByName", new GoValue.TextMap(byName),
        "GroupBy", Text.literal(String.join(",", groupBy)),
        "GroupBySlice", new GoValue.Texts(groupBy.stream().map(Text::literal).toList()));
  }
}
