// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.Answer.Values;
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
import io.agentscale.apiservice.provider.ObjectReference;
import io.agentscale.core.metric.LabelRequirement.Operator;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows what the Prometheus of the captured requests knew. */
final class ReferenceProvider implements MetricsProvider {
  private static final String REQUESTS = "http_requests_per_second";

  /** Of every value; the replay sets it to what the record says. */
  volatile Instant at = Instant.EPOCH;

  @Override
  public MetricCatalog catalog() {
    return new MetricCatalog(
        List.of(
            metric("namespaces", false, "vllm_queue"),
            metric("pods", true, "vllm_queue"),
            metric("nodes", false, "node_gpu"),
            metric("namespaces", false, "dep_metric"),
            metric("deployments.apps", true, "dep_metric"),
            metric("namespaces", false, REQUESTS),
            metric("pods", true, REQUESTS),
            metric("services", true, REQUESTS)),
        List.of("queue_depth", "global_depth", "scalar_metric", "matrix_metric", "err_metric"));
  }

  private static ObjectMetric metric(String resource, boolean namespaced, String name) {
    return new ObjectMetric(GroupResource.parse(resource), namespaced, name);
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query) {
    return CompletableFuture.completedStage(objects(query));
  }

  private Answer<ObjectMetricValue> objects(ObjectMetricQuery query) {
    String resource =
        switch (query.resource().toString()) {
          case "pod" -> "pods";
          case "deployments" -> "deployments.apps";
          default -> query.resource().toString();
        };
    boolean namespaced = query.namespace().isPresent();
    return switch (resource + (namespaced ? " in namespace " : " ") + query.metric()) {
      case "pods in namespace " + REQUESTS -> pods(query);
      case "services in namespace " + REQUESTS -> one("/v1", "Service", "default", "svc1", "100");
      case "namespaces " + REQUESTS -> one("/v1", "Namespace", "", "default", "12345.678");
      case "deployments.apps in namespace dep_metric" ->
          one("apps/v1", "Deployment", "default", "d1", "1000");
      case "nodes node_gpu" ->
          query.objects() instanceof Named
              ? one("/v1", "Node", "", "n1", "0.5")
              : Answer.refused(Reason.NO_SAMPLE, "no series describes it");
      default -> Answer.refused(Reason.NOT_FOUND, "no rule gives it this metric");
    };
  }

  private Answer<ObjectMetricValue> pods(ObjectMetricQuery query) {
    return switch (query.objects()) {
      case Selected(var selector)
          when selector.matches(Map.of("app", "a")) || selector.matches(Map.of("app", "d1")) ->
          new Values<>(List.of(pod("p1", "0.016"), pod("p2", "22.5")));
      case Selected _ -> Answer.refused(Reason.NO_SAMPLE, "no series describes it");
      case Named(String name) ->
          switch (name) {
            case "p1" -> new Values<>(List.of(pod("p1", "0.016")));
            case "p2" -> new Values<>(List.of(pod("p2", "2")));
            case "nan", "inf" -> Answer.refused(Reason.SOURCE_FAILED, "the value is no number");
            case "err400", "err503", "err500", "scalar" ->
                Answer.refused(Reason.SOURCE_FAILED, "Prometheus answered " + name);
            default -> Answer.refused(Reason.NO_SAMPLE, "no series describes it");
          };
    };
  }

  private ObjectMetricValue pod(String name, String value) {
    return value("/v1", "Pod", "default", name, value);
  }

  private Answer<ObjectMetricValue> one(
      String apiVersion, String kind, String namespace, String name, String value) {
    return new Values<>(List.of(value(apiVersion, kind, namespace, name, value)));
  }

  private ObjectMetricValue value(
      String apiVersion, String kind, String namespace, String name, String value) {
    return new ObjectMetricValue(
        new ObjectReference(
            apiVersion, kind, Optional.of(namespace).filter(text -> !text.isEmpty()), name),
        Quantity.parse(value),
        at,
        Optional.empty());
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return CompletableFuture.completedStage(external(query));
  }

  private Answer<ExternalMetricValue> external(ExternalMetricQuery query) {
    boolean compares =
        query.selector().requirements().stream()
            .anyMatch(requirement -> requirement.operator() == Operator.GREATER_THAN);
    if (compares) {
      return Answer.refused(Reason.BAD_REQUEST, "series cannot be selected by >");
    }
    return switch (query.metric()) {
      case "queue_depth" ->
          new Values<>(
              List.of(
                  series(Optional.of(Map.of("name", "q", "topic", "a")), "1500"),
                  series(Optional.of(Map.of("name", "q", "topic", "b")), "0.25")));
      case "global_depth" -> new Values<>(List.of(series(Optional.of(Map.of()), "42")));
      case "scalar_metric" -> new Values<>(List.of(series(Optional.empty(), "5")));
      case "matrix_metric" ->
          Answer.refused(Reason.SOURCE_FAILED, "Prometheus answered a matrix, must be a vector");
      case "err_metric" -> Answer.refused(Reason.SOURCE_FAILED, "Prometheus answered 422");
      default -> Answer.refused(Reason.NOT_FOUND, "no rule gives it this metric");
    };
  }

  private ExternalMetricValue series(Optional<Map<String, String>> labels, String value) {
    return new ExternalMetricValue(labels, Quantity.parse(value), at, Optional.empty());
  }
}
