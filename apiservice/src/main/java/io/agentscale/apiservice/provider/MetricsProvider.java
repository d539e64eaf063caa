// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the metrics APIs serve. Implementations are called from network threads and must not block:
 * a value that has to be fetched first is answered by a stage that completes later.
 */
public interface MetricsProvider {

  /** Returns what can be asked for, from memory: discovery never waits on a metrics source. */
  MetricCatalog catalog();

  /** Answers for one object, or for every object that the query selects. */
  CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query);

  /** Returns who knows what pods and nodes use; {@code metrics.k8s.io} is served while anybody. */
  default Optional<ResourceMetricsProvider> resources() {
    return Optional.empty();
  }

  /** Answers for the series of one external metric. */
  CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query);
}
