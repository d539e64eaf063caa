// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.sample.AnswerMemory;
import io.agentscale.adapter.sample.AnswerMemory.Made;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects.Named;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects.Selected;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import io.agentscale.core.metric.LabelSelector;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Finds the objects a question is about, and hands it to the first origin that knows the metric:
 * what the configuration file says goes before the presets.
 */
public final class MetricsRouter implements MetricsProvider {
  private static final Comparator<ObjectMetric> BY_RESOURCE_AND_NAME =
      Comparator.comparing((ObjectMetric metric) -> metric.resource().toString())
          .thenComparing(ObjectMetric::name);

  /** In all questions together; eight bytes each, the names themselves being the index's. */
  private static final int NAMES_REMEMBERED = 500_000;

  private final ResourceMapper kinds;
  private final ObjectIndex objects;
  private final Supplier<Served> served;
  private final Map<GroupResource, ResourceKind> resolved = new ConcurrentHashMap<>();
  private final AnswerMemory<Asked, ObjectQuestion> questions =
      new AnswerMemory<>(NAMES_REMEMBERED, question -> question.names().size());

  private record Asked(
      ResourceKind kind,
      Optional<String> namespace,
      Selected objects,
      String metric,
      LabelSelector metricSelector) {}

  public MetricsRouter(ResourceMapper kinds, ObjectIndex objects, List<MetricOrigin> origins) {
    this(kinds, objects, () -> new Served(origins, Optional.empty()));
  }

  /**
   * @param served what is served at the moment of a question
   */
  public MetricsRouter(ResourceMapper kinds, ObjectIndex objects, Supplier<Served> served) {
    this.kinds = kinds;
    this.objects = objects;
    this.served = served;
  }

  @Override
  public Optional<ResourceMetricsProvider> resources() {
    return served.get().resources();
  }

  @Override
  public MetricCatalog catalog() {
    List<MetricCatalog> catalogs =
        served.get().origins().stream().map(MetricOrigin::catalog).toList();
    return new MetricCatalog(
        catalogs.stream()
            .flatMap(catalog -> catalog.objectMetrics().stream())
            .distinct()
            .sorted(BY_RESOURCE_AND_NAME)
            .toList(),
        catalogs.stream()
            .flatMap(catalog -> catalog.externalMetrics().stream())
            .distinct()
            .sorted()
            .toList());
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query) {
    ResourceKind known = resolved.get(query.resource());
    if (known != null) {
      return objectValues(known, query);
    }
    // The API server may have to be asked, which the network thread that called must not wait for.
    return supplyAsync(() -> kinds.resolve(query.resource()), Thread::startVirtualThread)
        .thenCompose(kind -> objectValues(kind, query));
  }

  private CompletionStage<Answer<ObjectMetricValue>> objectValues(
      Optional<ResourceKind> kind, ObjectMetricQuery query) {
    if (kind.isEmpty()) {
      return refused(
          Reason.NOT_FOUND, "no kind of object is called " + query.resource() + " in this cluster");
    }
    resolved.put(query.resource(), kind.get());
    return objectValues(kind.get(), query);
  }

  private CompletionStage<Answer<ObjectMetricValue>> objectValues(
      ResourceKind kind, ObjectMetricQuery query) {
    List<MetricOrigin> origins = served.get().origins();
    for (MetricOrigin origin : origins) {
      if (origin.servesObjects(kind, query.namespace(), query.metric())) {
        return answer(origin, kind, query);
      }
    }
    return refused(
        Reason.NOT_FOUND,
        "neither a rule nor a preset gives " + kind.resource() + " this metric" + gaps(origins));
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    List<MetricOrigin> origins = served.get().origins();
    for (MetricOrigin origin : origins) {
      if (origin.servesExternal(query.namespace(), query.metric())) {
        return origin.externalValues(query);
      }
    }
    return refused(
        Reason.NOT_FOUND, "neither an external rule nor a preset has this metric" + gaps(origins));
  }

  private CompletionStage<Answer<ObjectMetricValue>> answer(
      MetricOrigin origin, ResourceKind kind, ObjectMetricQuery query) {
    return switch (query.objects()) {
      case Named(String name) -> origin.objectValues(question(kind, query, List.of(name)));
      case Selected selected when !objects.isSynced(kind) ->
          refused(
              Reason.UNAVAILABLE,
              "the " + kind.resource() + " of the cluster are not known yet; ask again shortly");
      case Selected selected -> {
        List<ClusterObject> found = objects.select(kind, query.namespace(), selected.selector());
        yield found.isEmpty()
            ? refused(
                Reason.NOT_FOUND,
                "no " + kind.resource() + where(query.namespace()) + " match the label selector")
            : origin.objectValues(question(kind, query, found, selected));
      }
    };
  }

  /** The index gives the same list until an object changes; the question is then the same too. */
  private ObjectQuestion question(
      ResourceKind kind, ObjectMetricQuery query, List<ClusterObject> found, Selected selected) {
    return questions.get(
        new Asked(kind, query.namespace(), selected, query.metric(), query.metricSelector()),
        found,
        Instant.MIN,
        () ->
            new Made<>(
                question(kind, query, found.stream().map(ClusterObject::name).toList()),
                Instant.MAX));
  }

  private static ObjectQuestion question(
      ResourceKind kind, ObjectMetricQuery query, List<String> names) {
    return new ObjectQuestion(
        kind, query.namespace(), names, query.metric(), query.metricSelector());
  }

  private static String gaps(List<MetricOrigin> origins) {
    List<String> gaps = origins.stream().flatMap(origin -> origin.gaps().stream()).toList();
    return gaps.isEmpty() ? "" : "; it may be one of " + String.join("; ", gaps);
  }

  private static String where(Optional<String> namespace) {
    return namespace.map(name -> " in namespace " + name).orElse("");
  }

  private static <T> CompletionStage<Answer<T>> refused(Reason reason, String cause) {
    return completedStage(Answer.refused(reason, cause));
  }
}
