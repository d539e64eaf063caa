// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.ExternalMetric;
import io.agentscale.adapter.rules.MetricRegistry;
import io.agentscale.adapter.rules.ObjectMetric;
import io.agentscale.adapter.rules.QueryPlan;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.query.QueryTemplate;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Optional;

/**
 * A request that could come, such as {@code pods/*}{@code /requests}.
 *
 * @param resource of the objects; absent for an external metric
 * @param object the name of one object, or {@code *} for all
 * @param metric the metric's name
 * @param namespace of the request
 * @param selector narrows the series
 * @param names of the objects that {@code *} stands for
 */
record MetricQuestion(
    Optional<GroupResource> resource,
    String object,
    String metric,
    String namespace,
    LabelSelector selector,
    List<String> names) {
  private static final String ALL = "*";

  /** Objects whose names are not known: two, so that the query for several is seen. */
  static final List<String> PLACEHOLDERS = List.of("name-1", "name-2");

  /**
   * What is sent for it.
   *
   * @param rule whose metric it is
   * @param safe what is sent, or why nothing is
   * @param compatible the same with {@code compat: true}
   * @param rows which rows of the answer are which objects' values
   */
  record Reply(Rule rule, QueryPlan safe, QueryPlan compatible, String rows) {}

  /**
   * Reads {@code RESOURCE/NAME/METRIC} or {@code external/METRIC}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static MetricQuestion parse(
      String text, String namespace, LabelSelector selector, List<String> names) {
    String[] parts = text.split("/", -1);
    if (parts.length == 2 && parts[0].equals("external")) {
      return new MetricQuestion(Optional.empty(), "", parts[1], namespace, selector, names);
    }
    if (parts.length == 3) {
      return new MetricQuestion(
          Optional.of(GroupResource.parse(parts[0])),
          parts[1],
          parts[2],
          namespace,
          selector,
          names);
    }
    throw new IllegalArgumentException(
        "--for: must be RESOURCE/NAME/METRIC such as pods/*/requests, or external/METRIC, was: "
            + text);
  }

  /** Tells whether the names that are shown are made up. */
  boolean madeUp() {
    return object.equals(ALL) && names.isEmpty();
  }

  /** Returns what is sent; nothing if no such metric is exposed. */
  Optional<Reply> reply(MetricRegistry registry, ResourceMapper kinds) {
    return resource.isEmpty()
        ? registry.external(metric).map(this::external)
        : registry.object(resource.get(), metric, kinds).map(this::object);
  }

  private Reply external(ExternalMetric found) {
    String rows =
        switch (found.rule()) {
          case Rule.Discovery _ -> "every row is a value of the metric; an autoscaler adds them up";
          case Rule.Raw _ ->
              "every row that the selector matches is a value of the metric"
                  + found
                      .namespaceLabel()
                      .map(label -> ", if its label " + label + " is the request's namespace")
                      .orElse("");
        };
    return new Reply(
        found.rule(), plan(found, RuleMode.SAFE), plan(found, RuleMode.COMPATIBLE), rows);
  }

  private QueryPlan plan(ExternalMetric found, RuleMode mode) {
    return new ExternalMetric(
            found.name(), inMode(found.rule(), mode), found.series(), found.namespaceLabel())
        .plan(namespace, selector);
  }

  private Reply object(ObjectMetric found) {
    String rows =
        "the label "
            + found.objectLabel()
            + " of a row names the "
            + found.kind().singular()
            + (found.rule() instanceof Rule.Raw && found.kind().namespaced()
                ? ", " + found.namespaceLabel().orElse("none") + " its namespace"
                : "");
    return new Reply(
        found.rule(), plan(found, RuleMode.SAFE), plan(found, RuleMode.COMPATIBLE), rows);
  }

  private QueryPlan plan(ObjectMetric found, RuleMode mode) {
    ObjectMetric inMode =
        new ObjectMetric(
            found.kind(),
            found.name(),
            inMode(found.rule(), mode),
            found.series(),
            found.objectLabel(),
            found.namespaceLabel());
    Optional<String> wanted = found.kind().namespaced() ? Optional.of(namespace) : Optional.empty();
    return inMode.plan(wanted, objects(), selector);
  }

  private List<String> objects() {
    if (!object.equals(ALL)) {
      return List.of(object);
    }
    return names.isEmpty() ? PLACEHOLDERS : names;
  }

  private static Rule inMode(Rule rule, RuleMode mode) {
    return switch (rule) {
      case Rule.Raw raw -> raw;
      case Rule.Discovery d ->
          new Rule.Discovery(
              d.source(),
              d.backend(),
              d.values(),
              d.seriesQuery(),
              d.filters(),
              d.namer(),
              d.resources(),
              d.namespaced(),
              QueryTemplate.parse(d.query().toString(), mode),
              mode);
    };
  }
}
