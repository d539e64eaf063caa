// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.LabelMatcher;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Optional;

/**
 * An external metric.
 *
 * @param name the metric's name
 * @param rule where it comes from
 * @param series the series behind it; for a raw rule the metric's name
 * @param namespaceLabel which label is matched with the namespace of the request; absent if none is
 */
public record ExternalMetric(
    String name, Rule rule, String series, Optional<String> namespaceLabel) {

  /**
   * Returns the query.
   *
   * @param namespace of the request; empty to match none
   * @param selector narrows the series
   */
  public QueryPlan plan(String namespace, LabelSelector selector) {
    return switch (rule) {
      case Rule.Raw raw -> new QueryPlan.Ask(raw.promql());
      case Rule.Discovery discovery -> plan(discovery, namespace, selector);
    };
  }

  private QueryPlan plan(Rule.Discovery discovery, String namespace, LabelSelector selector) {
    try {
      List<LabelMatcher> matchers = ObjectMetric.selectorMatchers(selector, discovery.mode());
      if (!namespace.isEmpty()) {
        namespaceLabel.ifPresent(
            label -> matchers.add(LabelMatcher.anyOf(label, List.of(namespace))));
      }
      return new QueryPlan.Ask(
          discovery.query().render(new QueryArguments(series, matchers, List.of())));
    } catch (IllegalArgumentException e) {
      return new QueryPlan.Refuse(Reason.BAD_REQUEST, discovery.source() + ": " + e.getMessage());
    }
  }

  /**
   * Returns the rows that answer a request: of a raw rule those in the namespace whose labels the
   * selector matches, of a discovery rule all, since its query has selected them.
   */
  public List<Row> select(List<Row> rows, String namespace, LabelSelector selector) {
    if (rule instanceof Rule.Discovery) {
      return rows;
    }
    return rows.stream()
        .filter(row -> inNamespace(row, namespace))
        .filter(row -> selects(selector, row))
        .toList();
  }

  private boolean inNamespace(Row row, String namespace) {
    return namespace.isEmpty()
        || namespaceLabel.map(label -> namespace.equals(row.labels().get(label))).orElse(true);
  }

  /** Tells whether a selector of Kubernetes labels matches a row of Prometheus labels. */
  static boolean selects(LabelSelector selector, Row row) {
    return selector.requirements().stream()
        .map(r -> new LabelRequirement(LabelMatcher.sanitised(r.key()), r.operator(), r.values()))
        .allMatch(requirement -> requirement.matches(row.labels()));
  }
}
