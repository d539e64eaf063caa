// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.rules.RuleReader.Target;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.apiservice.provider.GroupResource;
import java.nio.file.Path;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A rule that belongs to a namespace: it is to read that namespace's series, and to give metrics to
 * its objects, only.
 *
 * @param namespace of the rule
 * @param rule what it says
 * @param external whether its metrics are external ones
 */
public record NamespacedRule(String namespace, Rule rule, boolean external) {

  /**
   * Reads a rule as a custom resource's {@code spec} says it: the fields of a rule of the
   * configuration file, and {@code external: true} for one of {@code externalRules}.
   *
   * @param name of the custom resource, for messages
   * @param spec in JSON
   * @param namespaceLabel names the namespace in Prometheus
   * @param backends names a rule may choose from
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of the rule
   */
  public static NamespacedRule read(
      String namespace, String name, String spec, String namespaceLabel, Set<String> backends) {
    return YamlDocument.parse(
        "ScalingMetricRule " + namespace + "/" + name,
        Path.of(""),
        spec,
        mapping -> read(mapping, namespace, namespaceLabel, backends));
  }

  private static NamespacedRule read(
      YamlMapping spec, String namespace, String namespaceLabel, Set<String> backends) {
    boolean external = spec.optional("external", YamlValue::bool).orElse(false);
    Target target = external ? Target.EXTERNAL : Target.OBJECT;
    Rule written = new RuleReader(target, RuleMode.SAFE, backends).read(spec);
    Rule rule = withNamespace(written, namespaceLabel);
    requireConfinable(rule, target, namespaceLabel, namespace);
    return new NamespacedRule(namespace, rule, external);
  }

  /** Every row of a confined answer has the label, whatever the rule's author wrote. */
  private static Rule withNamespace(Rule rule, String label) {
    return switch (rule) {
      case Rule.Raw raw ->
          new Rule.Raw(
              raw.source(),
              raw.backend(),
              raw.values(),
              raw.metric(),
              raw.promql(),
              withNamespace(raw.resources(), label),
              raw.namespaced(),
              raw.mode());
      case Rule.Discovery found ->
          new Rule.Discovery(
              found.source(),
              found.backend(),
              found.values(),
              found.seriesQuery(),
              found.filters(),
              found.namer(),
              withNamespace(found.resources(), label),
              found.namespaced(),
              found.query(),
              found.mode());
    };
  }

  private static ResourceLabels withNamespace(ResourceLabels labels, String label) {
    Map<String, GroupResource> overrides = new LinkedHashMap<>();
    overrides.put(label, ResourceLabels.NAMESPACES);
    overrides.putAll(labels.overrides());
    overrides.put(label, ResourceLabels.NAMESPACES);
    return new ResourceLabels(overrides, labels.template());
  }

  private static List<QueryArguments> samples(Target target, Rule.Discovery rule) {
    return switch (target) {
      case OBJECT -> SampleArguments.object(rule.resources());
      case EXTERNAL -> SampleArguments.external(rule.resources(), rule.namespaced());
    };
  }

  private static void requireConfinable(Rule rule, Target target, String label, String namespace) {
    switch (rule) {
      case Rule.Raw raw -> confined("query", () -> Promql.confined(raw.promql(), label, namespace));
      case Rule.Discovery discovery -> {
        String series = discovery.seriesQuery().strip();
        confined("seriesQuery", () -> Promql.confinedSelector(series, label, namespace));
        for (QueryArguments sample : samples(target, discovery)) {
          confined(
              "metricsQuery",
              () -> Promql.confined(discovery.query().render(sample), label, namespace));
        }
      }
    }
  }

  private static void confined(String field, Supplier<String> query) {
    try {
      var _ = query.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          field + ": cannot be confined to the namespace: " + e.getMessage(), e);
    }
  }
}
