// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A provider whose answers a test decides. */
final class TestProvider implements MetricsProvider {
  volatile MetricCatalog catalog = new MetricCatalog(List.of(), List.of());
  volatile Function<ObjectMetricQuery, CompletionStage<Answer<ObjectMetricValue>>> objects =
      _ -> CompletableFuture.completedStage(Answer.refused(Answer.Reason.NOT_FOUND, ""));
  volatile Function<ExternalMetricQuery, CompletionStage<Answer<ExternalMetricValue>>> external =
      _ -> CompletableFuture.completedStage(Answer.refused(Answer.Reason.NOT_FOUND, ""));

  @Override
  public MetricCatalog catalog() {
    return catalog;
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query) {
    return objects.apply(query);
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return external.apply(query);
  }
}
