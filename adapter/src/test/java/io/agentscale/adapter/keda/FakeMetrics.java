// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** External metrics whose answers a test sets, by "namespace/metric"; what is not set hangs. */
final class FakeMetrics implements MetricsProvider {
  private final Map<String, CompletableFuture<Answer<ExternalMetricValue>>> answers =
      new ConcurrentHashMap<>();

  void set(String metric, String... series) {
    List<ExternalMetricValue> values =
        Arrays.stream(series)
            .map(
                value ->
                    new ExternalMetricValue(
                        Optional.of(Map.of()),
                        Quantity.parse(value),
                        Instant.EPOCH,
                        Optional.empty()))
            .toList();
    answers.put(metric, completedFuture(new Answer.Values<>(values)));
  }

  void refuse(String metric, Answer.Reason reason, String cause) {
    answers.put(metric, completedFuture(Answer.refused(reason, cause)));
  }

  void fail(String metric, Throwable failure) {
    answers.put(metric, CompletableFuture.failedFuture(failure));
  }

  @Override
  public MetricCatalog catalog() {
    return new MetricCatalog(List.of(), List.of());
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return answers.getOrDefault(
        query.namespace() + "/" + query.metric(), new CompletableFuture<>());
  }
}
