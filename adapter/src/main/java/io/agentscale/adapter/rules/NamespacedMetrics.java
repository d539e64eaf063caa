// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The metrics of namespaces' own rules. A namespace sees its own only, and no rule gives a metric
 * to what lives in no namespace.
 *
 * @param byNamespace the metrics of each namespace's rules, which read that namespace's series only
 */
public record NamespacedMetrics(Map<String, RuleMetrics> byNamespace) implements MetricOrigin {
  public NamespacedMetrics {
    byNamespace = Map.copyOf(byNamespace);
  }

  @Override
  public MetricCatalog catalog() {
    List<MetricCatalog> catalogs = byNamespace.values().stream().map(RuleMetrics::catalog).toList();
    return new MetricCatalog(
        catalogs.stream()
            .flatMap(catalog -> catalog.objectMetrics().stream())
            .filter(MetricCatalog.ObjectMetric::namespaced)
            .distinct()
            .toList(),
        catalogs.stream()
            .flatMap(catalog -> catalog.externalMetrics().stream())
            .distinct()
            .toList());
  }

  @Override
  public boolean servesObjects(ResourceKind kind, String metric) {
    return byNamespace.keySet().stream()
        .anyMatch(namespace -> servesObjects(kind, Optional.of(namespace), metric));
  }

  @Override
  public boolean servesObjects(ResourceKind kind, Optional<String> namespace, String metric) {
    return kind.namespaced()
        && namespace.flatMap(this::of).filter(own -> own.servesObjects(kind, metric)).isPresent();
  }

  @Override
  public boolean servesExternal(String metric) {
    return byNamespace.values().stream().anyMatch(own -> own.servesExternal(metric));
  }

  @Override
  public boolean servesExternal(String namespace, String metric) {
    return of(namespace).filter(own -> own.servesExternal(metric)).isPresent();
  }

  @Override
  public boolean answersForAll(ObjectQuestion question) {
    return question
        .namespace()
        .flatMap(this::of)
        .filter(own -> own.answersForAll(question))
        .isPresent();
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
    return question
        .namespace()
        .flatMap(this::of)
        .map(own -> own.objectValues(question))
        .orElseGet(NamespacedMetrics::none);
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return of(query.namespace())
        .map(own -> own.externalValues(query))
        .orElseGet(NamespacedMetrics::none);
  }

  private Optional<RuleMetrics> of(String namespace) {
    return Optional.ofNullable(byNamespace.get(namespace));
  }

  private static <T> CompletionStage<Answer<T>> none() {
    return completedStage(
        Answer.refused(Reason.NOT_FOUND, "the namespace has no rule of its own with this metric"));
  }
}
