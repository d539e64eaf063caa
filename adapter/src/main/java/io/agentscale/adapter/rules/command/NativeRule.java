// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.rules.MetricNames;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.query.LabelMatcher;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A discovery rule as raw rules, one for each kind of object, where they answer alike.
 *
 * <p>A raw rule is asked for all objects at once and its rows are told apart by their labels. That
 * gives what one query per request gives if each row belongs to one object: a selector of one
 * series with at most one function over time around it keeps every label, so that even a request's
 * metric selector picks the same rows. An aggregation by the object's labels gives each object the
 * same row, but has lost the labels a metric selector would need.
 */
final class NativeRule {
  private static final String NAMESPACE = "namespace";
  private static final String SELECTOR =
      "<<\\s*\\.Series\\s*>>\\s*\\{(?:[^{}<>]*,)?\\s*"
          + "<<\\s*\\.LabelMatchers\\s*>>\\s*(?:,[^{}<>]*)?\\}";
  private static final String PER_SERIES =
      "(?:"
          + SELECTOR
          + "|(?:rate|irate|increase|delta|idelta|deriv|changes|resets"
          + "|(?:avg|min|max|sum|count|last)_over_time)\\(\\s*"
          + SELECTOR
          + "\\s*\\[[0-9a-z]+\\]\\s*\\))";
  private static final String BY = "by\\s*\\(\\s*<<\\s*\\.GroupBy\\s*>>\\s*\\)";
  private static final String AGGREGATION = "(?:sum|avg|min|max|count)";
  private static final Pattern EVERY_SERIES = Pattern.compile("\\s*" + PER_SERIES + "\\s*");
  private static final Pattern EVERY_OBJECT =
      Pattern.compile(
          "\\s*"
              + AGGREGATION
              + "\\s*(?:\\(\\s*"
              + PER_SERIES
              + "\\s*\\)\\s*"
              + BY
              + "|"
              + BY
              + "\\s*\\(\\s*"
              + PER_SERIES
              + "\\s*\\))\\s*");

  /** What becomes of a rule. */
  sealed interface Outcome {

    /** It stays as it is. */
    record Kept(String reason) implements Outcome {}

    /** These fields, for each raw rule that takes its place. */
    record Converted(List<Map<String, Object>> rules) implements Outcome {}
  }

  /** Why a rule is kept. */
  private static final class KeptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeptException(String reason) {
      super(reason, null, false, false);
    }
  }

  private final RuleSet rules;
  private final Rule.Discovery rule;
  private final boolean external;
  private final boolean selectorsUsed;
  private final ResourceMapper kinds;

  private NativeRule(
      RuleSet rules,
      Rule.Discovery rule,
      boolean external,
      boolean selectorsUsed,
      ResourceMapper kinds) {
    this.rules = rules;
    this.rule = rule;
    this.external = external;
    this.selectorsUsed = selectorsUsed;
    this.kinds = kinds;
  }

  /**
   * Converts a rule if that changes no answer.
   *
   * @param rules all rules of the file
   * @param selectorsUsed whether requests may come with a metric selector
   */
  static Outcome of(RuleSet rules, Rule rule, boolean selectorsUsed, ResourceMapper kinds) {
    boolean external = rules.externalRules().contains(rule);
    return switch (rule) {
      case Rule.Raw _ -> new Outcome.Kept("it is native already");
      case Rule.Discovery discovery ->
          new NativeRule(rules, discovery, external, selectorsUsed, kinds).outcome();
    };
  }

  private Outcome outcome() {
    try {
      requireShape();
      String series =
          SeriesSelector.parse(rule.seriesQuery())
              .literalName()
              .orElseThrow(() -> new KeptException("its seriesQuery can match several metrics"));
      if (rule.resources().template().isPresent()) {
        throw new KeptException("resources.template leaves the labels to discovery");
      }
      String metric = metric(series);
      return new Outcome.Converted(
          external ? List.of(externalRule(series, metric)) : objectRules(series, metric));
    } catch (KeptException e) {
      return new Outcome.Kept(String.valueOf(e.getMessage()));
    }
  }

  private void requireShape() {
    String query = rule.query().toString();
    if (EVERY_SERIES.matcher(query).matches()) {
      return;
    }
    if (external || !EVERY_OBJECT.matcher(query).matches()) {
      throw new KeptException("its metricsQuery cannot be shown to mean the same for all at once");
    }
    if (selectorsUsed) {
      throw new KeptException(
          "it aggregates, and a request's metric selector is applied before that; see"
              + " --without-selectors");
    }
  }

  private String metric(String series) {
    String name =
        rule.nameOf(series).orElseThrow(() -> new KeptException("it exposes nothing as it is"));
    if (!MetricNames.isServable(name)) {
      throw new KeptException("its metric's name cannot be served: " + name);
    }
    List<Rule> peers = external ? rules.externalRules() : rules.objectRules();
    for (Rule peer : peers) {
      if (!peer.equals(rule) && exposes(peer, name)) {
        throw new KeptException(
            "line " + peer.source().at().line() + " may expose " + name + " as well");
      }
    }
    return name;
  }

  /** Errs on the side of yes: of an unknown series any name must be expected. */
  private static boolean exposes(Rule peer, String name) {
    return switch (peer) {
      case Rule.Raw raw -> raw.metric().equals(name);
      case Rule.Discovery discovery ->
          SeriesSelector.parse(discovery.seriesQuery())
              .literalName()
              .map(series -> discovery.nameOf(series).filter(name::equals).isPresent())
              .orElse(true);
    };
  }

  private List<Map<String, Object>> objectRules(String series, String metric) {
    Map<String, ResourceKind> described = describedKinds();
    List<Map<String, Object>> raw = new ArrayList<>();
    described.forEach(
        (label, kind) -> {
          Map<String, GroupResource> named = new LinkedHashMap<>();
          if (kind.namespaced()) {
            named.put(namespaceLabel(), new GroupResource("", NAMESPACE));
          }
          named.put(label, kind.resource());
          raw.add(fields(metric, query(series, named.keySet()), overrides(named)));
        });
    return raw;
  }

  private Map<String, ResourceKind> describedKinds() {
    Map<String, ResourceKind> described = new LinkedHashMap<>();
    Set<ResourceKind> seen = new LinkedHashSet<>();
    rule.resources()
        .overrides()
        .forEach(
            (label, resource) -> {
              ResourceKind kind =
                  kinds
                      .resolve(resource)
                      .orElseThrow(
                          () -> new KeptException("its kind " + resource + " is not known"));
              if (!seen.add(kind)) {
                throw new KeptException("several labels name " + kind.resource());
              }
              described.put(label, kind);
            });
    if (described.isEmpty()) {
      throw new KeptException("resources.overrides names no label");
    }
    return described;
  }

  private String namespaceLabel() {
    return rule.resources()
        .namespaceLabel(kinds)
        .orElseThrow(() -> new KeptException("no label names the namespace"));
  }

  private Map<String, Object> externalRule(String series, String metric) {
    if (!rule.namespaced()) {
      return fields(metric, query(series, Set.of()), Map.of("namespaced", false));
    }
    String label = rule.resources().namespaceLabel(kinds).orElse(NAMESPACE);
    Map<String, GroupResource> named = Map.of(label, new GroupResource("", NAMESPACE));
    return fields(metric, query(series, named.keySet()), overrides(named));
  }

  private String query(String series, Set<String> labels) {
    List<LabelMatcher> present =
        labels.stream()
            .map(label -> new LabelMatcher(label, LabelMatcher.Operator.NOT_EQUAL, List.of("")))
            .toList();
    try {
      String query =
          rule.query().render(new QueryArguments(series, present, List.copyOf(labels))).strip();
      Promql.checkQuery(query);
      return query;
    } catch (IllegalArgumentException e) {
      throw new KeptException("its query for all at once is not PromQL: " + e.getMessage());
    }
  }

  private static Map<String, Object> overrides(Map<String, GroupResource> named) {
    Map<String, Object> overrides = new LinkedHashMap<>();
    named.forEach((label, resource) -> overrides.put(label, fields(resource)));
    return Map.of("overrides", overrides);
  }

  private static Map<String, Object> fields(GroupResource resource) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Optional.of(resource.group())
        .filter(group -> !group.isEmpty())
        .ifPresent(group -> fields.put("group", group));
    fields.put("resource", resource.resource());
    return fields;
  }

  private static Map<String, Object> fields(
      String metric, String query, Map<String, Object> resources) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metric", metric);
    fields.put("query", query);
    fields.put("resources", resources);
    return fields;
  }
}
