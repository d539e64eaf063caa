// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One origin of metrics, such as the presets or the rules of the configuration file. */
public interface MetricOrigin {

  /** Returns what this origin can answer, from memory. */
  MetricCatalog catalog();

  /** Tells whether this origin has the metric for objects of the kind. */
  boolean servesObjects(ResourceKind kind, String metric);

  /** Tells whether this origin has the external metric. */
  boolean servesExternal(String metric);

  /**
   * Tells whether this origin has the metric for objects of the kind in a namespace.
   *
   * @param namespace absent for kinds that live in none
   */
  default boolean servesObjects(ResourceKind kind, Optional<String> namespace, String metric) {
    return servesObjects(kind, metric);
  }

  /** Tells whether this origin has the external metric for autoscalers of a namespace. */
  default boolean servesExternal(String namespace, String metric) {
    return servesExternal(metric);
  }

  /** Returns why more metrics may exist than are known at present: one sentence for each reason. */
  default List<String> gaps() {
    return List.of();
  }

  /**
   * Tells whether what is fetched to answer this question answers it for any other objects of the
   * kind too, so that fetching it ahead is of use whoever asks.
   */
  default boolean answersForAll(ObjectQuestion question) {
    return false;
  }

  /** Answers for objects; values of others than those asked for are not given. */
  CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question);

  /** Answers for an external metric. */
  CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query);
}
