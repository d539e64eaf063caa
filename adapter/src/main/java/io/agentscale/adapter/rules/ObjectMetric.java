// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.rules.query.LabelMatcher;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A metric of one kind of object.
 *
 * @param kind what it describes
 * @param name the metric's name
 * @param rule where it comes from
 * @param series the series behind it; for a raw rule the metric's name
 * @param objectLabel which label names the object
 * @param namespaceLabel which label names the object's namespace
 */
public record ObjectMetric(
    ResourceKind kind,
    String name,
    Rule rule,
    String series,
    String objectLabel,
    Optional<String> namespaceLabel) {

  /**
   * Returns the query for objects of one namespace.
   *
   * @param namespace absent for kinds that live in none
   * @param names of the objects, in the order to ask for them
   * @param selector narrows the series
   */
  public QueryPlan plan(Optional<String> namespace, List<String> names, LabelSelector selector) {
    Optional<QueryPlan.Refuse> objection = objection(namespace, names);
    if (objection.isPresent()) {
      return objection.get();
    }
    return switch (rule) {
      case Rule.Raw raw -> new QueryPlan.Ask(raw.promql());
      case Rule.Discovery discovery -> plan(discovery, namespace, names, selector);
    };
  }

  /** Returns why there can be no answer for these objects, if there can be none. */
  Optional<QueryPlan.Refuse> objection(Optional<String> namespace, List<String> names) {
    if (kind.namespaced() != namespace.isPresent()) {
      return notFound(
          kind.resource() + (kind.namespaced() ? " live in a namespace" : " live in no namespace"));
    }
    if (names.isEmpty()) {
      return notFound("no " + kind.resource() + " to ask for");
    }
    if (kind.namespaced() && namespaceLabel.isEmpty()) {
      return notFound(
          rule.source() + ": no label names the namespace, add one to resources.overrides");
    }
    return Optional.empty();
  }

  private static Optional<QueryPlan.Refuse> notFound(String cause) {
    return Optional.of(new QueryPlan.Refuse(Reason.NOT_FOUND, cause));
  }

  private QueryPlan plan(
      Rule.Discovery discovery,
      Optional<String> namespace,
      List<String> names,
      LabelSelector selector) {
    try {
      List<LabelMatcher> matchers = selectorMatchers(selector, discovery.mode());
      namespace.ifPresent(
          n -> matchers.add(LabelMatcher.anyOf(namespaceLabel.orElseThrow(), List.of(n))));
      matchers.add(LabelMatcher.anyOf(objectLabel, names));
      return new QueryPlan.Ask(
          discovery.query().render(new QueryArguments(series, matchers, List.of(objectLabel))));
    } catch (IllegalArgumentException e) {
      return new QueryPlan.Refuse(Reason.BAD_REQUEST, discovery.source() + ": " + e.getMessage());
    }
  }

  /** Returns the matchers of a metric's selector in the order of their keys. */
  static List<LabelMatcher> selectorMatchers(LabelSelector selector, RuleMode mode) {
    List<LabelMatcher> matchers = new ArrayList<>();
    selector.requirements().stream()
        .sorted(Comparator.comparing(LabelRequirement::key))
        .forEach(requirement -> matchers.add(LabelMatcher.of(requirement, mode)));
    return matchers;
  }
}
