// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.query.LabelMatcher;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.adapter.rules.query.QueryTemplate;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.List;
import java.util.Optional;

/**
 * How the use of one resource is asked for.
 *
 * @param source where it was written
 * @param containers the query for containers of pods, grouped by pod and container
 * @param nodes the query for nodes
 * @param labels which labels name pods, nodes and namespaces
 * @param containerLabel which label names the container
 * @param mode how closely prometheus-adapter is followed
 */
public record ResourceRule(
    RuleSource source,
    QueryTemplate containers,
    QueryTemplate nodes,
    ResourceLabels labels,
    String containerLabel,
    RuleMode mode) {
  /** Pods. */
  public static final GroupResource PODS = new GroupResource("", "pods");

  /** Nodes. */
  public static final GroupResource NODES = new GroupResource("", "nodes");

  /** Namespaces. */
  public static final GroupResource NAMESPACES = ResourceLabels.NAMESPACES;

  static ResourceRule read(YamlMapping rule, RuleMode mode) {
    Optional<QueryTemplate> containers = rule.required("containerQuery", v -> template(v, mode));
    Optional<QueryTemplate> nodes = rule.required("nodeQuery", v -> template(v, mode));
    ResourceLabels labels =
        rule.section("resources", ResourceRule::resources).orElse(ResourceLabels.NONE);
    Optional<String> containerLabel = rule.required("containerLabel", YamlValue::nonEmpty);
    return new ResourceRule(
        new RuleSource("resourceRules", rule.location()),
        containers.orElseThrow(),
        nodes.orElseThrow(),
        labels,
        containerLabel.orElseThrow(),
        mode);
  }

  private static ResourceLabels resources(YamlMapping block) {
    // Allowed by prometheus-adapter and without meaning here.
    block.optional("namespaced", YamlValue::bool);
    return ResourceLabelsReader.read(block);
  }

  private static QueryTemplate template(YamlValue value, RuleMode mode) {
    QueryTemplate template = QueryTemplate.parse(value.nonEmpty(), mode);
    LabelMatcher object = LabelMatcher.anyOf("some_label", List.of("some_object"));
    template.check(new QueryArguments("", List.of(object), List.of("some_label")));
    return template;
  }

  /**
   * Tells whether the queries must name every object, as prometheus-adapter's do: where it is
   * followed to the byte, and where a template takes the names apart itself.
   */
  public boolean namesObjects() {
    return mode == RuleMode.COMPATIBLE || (containers + " " + nodes).contains("LabelValuesByName");
  }

  /**
   * Returns the query for all containers of all pods of one namespace, or (absent) of every one.
   *
   * @throws IllegalArgumentException if the rule names no label for pods or namespaces
   */
  public String containerQuery(Optional<String> namespace, ResourceMapper mapper) {
    String podLabel = label(PODS, mapper);
    String namespaceLabel = label(NAMESPACES, mapper);
    LabelMatcher where =
        namespace
            .map(name -> LabelMatcher.anyOf(namespaceLabel, List.of(name)))
            .orElseGet(() -> present(namespaceLabel));
    return containers.render(
        new QueryArguments(
            "",
            List.of(where, present(podLabel)),
            List.of(namespaceLabel, podLabel, containerLabel)));
  }

  /**
   * Returns the query for all nodes.
   *
   * @throws IllegalArgumentException if the rule names no label for nodes
   */
  public String nodeQuery(ResourceMapper mapper) {
    String nodeLabel = label(NODES, mapper);
    return nodes.render(new QueryArguments("", List.of(present(nodeLabel)), List.of(nodeLabel)));
  }

  private static LabelMatcher present(String label) {
    return new LabelMatcher(label, LabelMatcher.Operator.NOT_EQUAL, List.of(""));
  }

  /**
   * Returns the query for all containers of some pods.
   *
   * @throws IllegalArgumentException if the rule names no label for pods or namespaces
   */
  public String containerQuery(String namespace, List<String> pods, ResourceMapper mapper) {
    String podLabel = label(PODS, mapper);
    LabelMatcher inNamespace =
        LabelMatcher.anyOf(label(ResourceLabels.NAMESPACES, mapper), List.of(namespace));
    return containers.render(
        new QueryArguments(
            "",
            List.of(inNamespace, LabelMatcher.anyOf(podLabel, pods)),
            List.of(podLabel, containerLabel)));
  }

  /**
   * Returns the query for some nodes.
   *
   * @throws IllegalArgumentException if the rule names no label for nodes
   */
  public String nodeQuery(List<String> names, ResourceMapper mapper) {
    String nodeLabel = label(NODES, mapper);
    return nodes.render(
        new QueryArguments("", List.of(LabelMatcher.anyOf(nodeLabel, names)), List.of(nodeLabel)));
  }

  /** Returns the label of rows that names objects of a kind. */
  public String label(GroupResource resource, ResourceMapper mapper) {
    Optional<ResourceKind> kind = mapper.resolve(resource);
    return kind.flatMap(k -> labels.labelOf(k, mapper))
        .orElseThrow(() -> new IllegalArgumentException(source + ": no label names " + resource));
  }
}
