// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.MetricRegistry.Remark;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one rule exposes, given its series. */
final class RuleExposure {
  private static final String DEFAULT_NAMESPACE_LABEL = "namespace";

  private final Rule rule;
  private final ResourceMapper mapper;
  private final Collection<Remark> remarks;
  private final Map<String, Optional<ResourceKind>> kinds = new HashMap<>();
  private final Map<ResourceKind, Optional<String>> labels = new HashMap<>();

  RuleExposure(Rule rule, ResourceMapper mapper, Collection<Remark> remarks) {
    this.rule = rule;
    this.mapper = mapper;
    this.remarks = remarks;
  }

  List<ObjectMetric> objects(Collection<Series> series) {
    remarkUnknownKinds();
    return switch (rule) {
      case Rule.Raw raw -> objects(raw);
      case Rule.Discovery discovery -> objects(discovery, series);
    };
  }

  private List<ObjectMetric> objects(Rule.Raw raw) {
    Set<ResourceKind> named = namedKinds(raw.resources().overrides().keySet());
    List<ResourceKind> described =
        named.stream()
            .filter(kind -> named.size() == 1 || !kind.resource().equals(ResourceLabels.NAMESPACES))
            .toList();
    return described.stream()
        .flatMap(kind -> metric(kind, raw.metric(), raw.metric()).stream())
        .toList();
  }

  private List<ObjectMetric> objects(Rule.Discovery discovery, Collection<Series> series) {
    List<ObjectMetric> metrics = new ArrayList<>();
    for (Map.Entry<String, Set<String>> family : families(series).entrySet()) {
      Optional<String> name = nameOf(discovery, family.getKey());
      if (name.isPresent()) {
        Set<ResourceKind> named = namedKinds(family.getValue());
        if (named.isEmpty()) {
          remark(family.getKey() + ": none of its labels names an object: " + family.getValue());
        }
        named.forEach(kind -> metric(kind, name.get(), family.getKey()).ifPresent(metrics::add));
      }
    }
    return metrics;
  }

  private Optional<ObjectMetric> metric(ResourceKind kind, String name, String series) {
    Optional<String> namespaceLabel =
        mapper.resolve(ResourceLabels.NAMESPACES).flatMap(this::labelOf);
    return labelOf(kind)
        .map(label -> new ObjectMetric(kind, name, rule, series, label, namespaceLabel));
  }

  List<ExternalMetric> external(Collection<Series> series) {
    Optional<String> namespaceLabel = externalNamespaceLabel();
    return switch (rule) {
      case Rule.Raw raw ->
          List.of(new ExternalMetric(raw.metric(), raw, raw.metric(), namespaceLabel));
      case Rule.Discovery discovery ->
          families(series).keySet().stream()
              .flatMap(
                  family ->
                      nameOf(discovery, family)
                          .map(name -> new ExternalMetric(name, rule, family, namespaceLabel))
                          .stream())
              .toList();
    };
  }

  private Optional<String> externalNamespaceLabel() {
    return switch (rule) {
      case Rule.Discovery discovery when discovery.namespaced() ->
          resources().namespaceLabel(mapper).or(() -> Optional.of(DEFAULT_NAMESPACE_LABEL));
      case Rule.Discovery _ -> Optional.empty();
      // The rows of a raw query carry a namespace only if its author says in which label.
      case Rule.Raw raw -> raw.namespaced() ? resources().namespaceLabel(mapper) : Optional.empty();
    };
  }

  /** Returns the labels of each metric family, in the order the families were found. */
  private static Map<String, Set<String>> families(Collection<Series> series) {
    Map<String, Set<String>> families = new LinkedHashMap<>();
    for (Series one : series) {
      families.computeIfAbsent(one.name(), _ -> new TreeSet<>()).addAll(one.labels());
    }
    return families;
  }

  private Optional<String> nameOf(Rule.Discovery discovery, String series) {
    Optional<String> name = discovery.nameOf(series);
    if (name.isEmpty()) {
      return name;
    }
    if (!MetricNames.isSeries(series)) {
      remark(series + ": its name cannot be written in PromQL without quotes");
      return Optional.empty();
    }
    if (!MetricNames.isServable(name.get())) {
      remark(series + ": the metric's name " + MetricNames.RULE + ", was: '" + name.get() + "'");
      return Optional.empty();
    }
    return name;
  }

  private Set<ResourceKind> namedKinds(Collection<String> labelNames) {
    Set<ResourceKind> named = new LinkedHashSet<>();
    labelNames.forEach(label -> kindOf(label).ifPresent(named::add));
    return named;
  }

  private Optional<ResourceKind> kindOf(String label) {
    return kinds.computeIfAbsent(label, _ -> resources().kindOf(label, mapper));
  }

  private Optional<String> labelOf(ResourceKind kind) {
    return labels.computeIfAbsent(kind, _ -> resources().labelOf(kind, mapper));
  }

  private void remarkUnknownKinds() {
    for (GroupResource resource : resources().overrides().values()) {
      if (mapper.resolve(resource).isEmpty()) {
        remark("resources.overrides: the cluster has no kind " + resource);
      }
    }
  }

  private ResourceLabels resources() {
    return switch (rule) {
      case Rule.Discovery discovery -> discovery.resources();
      case Rule.Raw raw -> raw.resources();
    };
  }

  private void remark(String text) {
    remarks.add(new Remark(rule.source(), text));
  }
}
