// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The metrics that the rules expose, given the series that exist. */
public final class MetricRegistry {
  private final Map<Key, ObjectMetric> objects = new TreeMap<>(Key.ORDER);
  private final Map<String, ExternalMetric> external = new TreeMap<>();
  private final List<Remark> remarks = new ArrayList<>();

  private record Key(String name, GroupResource resource) {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name).thenComparing(key -> key.resource().toString());
  }

  /**
   * Something that a person who misses a metric should know.
   *
   * @param rule whose doing it is
   * @param text what happened
   */
  public record Remark(RuleSource rule, String text) {}

  private MetricRegistry() {}

  /**
   * Finds what is exposed. Where two rules, or two series of one rule, expose one metric, the later
   * one is served and a remark says so.
   *
   * @param rules all rules
   * @param series what each discovery rule's series query found; a rule without an entry exposes
   *     nothing
   * @param mapper the kinds of objects that exist
   */
  public static MetricRegistry of(
      RuleSet rules, Map<Rule, ? extends Collection<Series>> series, ResourceMapper mapper) {
    MetricRegistry registry = new MetricRegistry();
    for (Rule rule : rules.objectRules()) {
      RuleExposure exposure = new RuleExposure(rule, mapper, registry.remarks);
      exposure.objects(found(rule, series)).forEach(registry::add);
    }
    for (Rule rule : rules.externalRules()) {
      RuleExposure exposure = new RuleExposure(rule, mapper, registry.remarks);
      exposure.external(found(rule, series)).forEach(registry::add);
    }
    return registry;
  }

  private static Collection<Series> found(
      Rule rule, Map<Rule, ? extends Collection<Series>> series) {
    Collection<Series> found = series.get(rule);
    return found == null ? List.of() : found;
  }

  private void add(ObjectMetric metric) {
    ObjectMetric earlier = objects.put(new Key(metric.name(), metric.kind().resource()), metric);
    if (earlier != null) {
      String name = metric.kind().resource() + "/" + metric.name();
      replaced(name, earlier.rule(), earlier.series(), metric.rule(), metric.series());
    }
  }

  private void add(ExternalMetric metric) {
    ExternalMetric earlier = external.put(metric.name(), metric);
    if (earlier != null) {
      replaced(metric.name(), earlier.rule(), earlier.series(), metric.rule(), metric.series());
    }
  }

  private void replaced(
      String metric, Rule earlier, String earlierSeries, Rule later, String laterSeries) {
    String text =
        "%s is served from %s (%s), not from %s"
            .formatted(metric, laterSeries, later.source(), earlierSeries);
    remarks.add(new Remark(earlier.source(), text));
  }

  /** Returns the metric of a kind, which may be named in the singular or without its group. */
  public Optional<ObjectMetric> object(GroupResource resource, String name, ResourceMapper mapper) {
    return mapper
        .resolve(resource)
        .map(ResourceKind::resource)
        .map(qualified -> objects.get(new Key(name, qualified)));
  }

  public Optional<ExternalMetric> external(String name) {
    return Optional.ofNullable(external.get(name));
  }

  /** Returns the object metrics, ordered by name, then by kind. */
  public List<ObjectMetric> objects() {
    return List.copyOf(objects.values());
  }

  /** Returns the external metrics, ordered by name. */
  public List<ExternalMetric> external() {
    return List.copyOf(external.values());
  }

  /** Returns what was left out or replaced, and why. */
  public List<Remark> remarks() {
    return List.copyOf(remarks);
  }

  /** Returns what the metrics APIs list. */
  public MetricCatalog catalog() {
    return new MetricCatalog(
        objects.values().stream()
            .map(
                metric ->
                    new MetricCatalog.ObjectMetric(
                        metric.kind().resource(), metric.kind().namespaced(), metric.name()))
            .toList(),
        List.copyOf(external.keySet()));
  }
}
