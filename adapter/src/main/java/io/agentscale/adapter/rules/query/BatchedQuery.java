// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.promql.SeparableQuery;
import io.agentscale.adapter.promql.SeparableQuery.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule's query for all objects of all namespaces.
 *
 * <p>It asks for two things at once, told apart by the label {@link #PART}: the values, and the
 * times of the samples they were made of, which aggregations and functions otherwise hide. The time
 * of a value is that of the oldest of the latest samples of its series.
 */
public final class BatchedQuery {
  /** Tells which part of the answer a row belongs to. */
  public static final String PART = "agentscale_part";

  /** The part with the values; the other parts hold times. */
  public static final String VALUES = "value";

  static final String MARKER = "agentscale_matchers";

  private final SeparableQuery query;
  private final Optional<String> objectLabel;
  private final Optional<String> namespaceLabel;
  private final RuleMode mode;

  /** Which value a time belongs to. */
  public enum Times {
    /** That of the same object and namespace. */
    OF_OBJECT,
    /** That of the same labels. */
    OF_SERIES,
    /** They are not asked for: it could not be told. Values then have the time of evaluation. */
    UNKNOWN
  }

  BatchedQuery(
      SeparableQuery query,
      Optional<String> objectLabel,
      Optional<String> namespaceLabel,
      RuleMode mode) {
    this.query = query;
    this.objectLabel = objectLabel;
    this.namespaceLabel = namespaceLabel;
    this.mode = mode;
  }

  /** Returns the query for the series that a selector narrows. */
  public String promql(List<LabelMatcher> selector) {
    String matchers =
        Stream.concat(selector.stream(), labels().stream().map(BatchedQuery::present))
            .map(matcher -> matcher.promql(mode))
            .collect(joining(","));
    if (times() == Times.UNKNOWN) {
      return query.text(matchers);
    }
    List<String> parts = new ArrayList<>();
    parts.add(part(query.text(matchers), VALUES));
    List<String> selectors = query.selectors(matchers);
    for (int i = 0; i < selectors.size(); i++) {
      parts.add(part(time("timestamp(" + selectors.get(i) + ")"), "time" + i));
    }
    return String.join(" or ", parts);
  }

  /** Returns which value each time belongs to. */
  public Times times() {
    if (objectLabel.isPresent() || query.rows() == Rows.ONE) {
      return Times.OF_OBJECT;
    }
    return query.rows() == Rows.SERIES && query.selectors("").size() == 1
        ? Times.OF_SERIES
        : Times.UNKNOWN;
  }

  /** Tells whether rows name their namespace though the query for one namespace would not. */
  public boolean addsNamespace() {
    return namespaceLabel.isPresent() && (query.rows() == Rows.ONE || query.rows() == Rows.GROUPED);
  }

  private String time(String timestamps) {
    return times() == Times.OF_SERIES
        ? timestamps
        : "min by (" + String.join(",", labels()) + ") (" + timestamps + ")";
  }

  private List<String> labels() {
    return Stream.concat(namespaceLabel.stream(), objectLabel.stream()).toList();
  }

  private static String part(String expression, String name) {
    return "label_replace(" + expression + ",\"" + PART + "\",\"" + name + "\",\"\",\"\")";
  }

  private static LabelMatcher present(String label) {
    return new LabelMatcher(label, LabelMatcher.Operator.NOT_EQUAL, List.of(""));
  }
}
