// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Passes questions on, and remembers for each metric how old the oldest sample served last was. */
final class ServedSamples implements MetricsProvider {
  private final MetricsProvider provider;
  private final InstantSource clock;
  private final Map<String, Noted> latest = new ConcurrentHashMap<>();

  /** Which answer was served last, how old its oldest sample is, and when it was served. */
  private record Noted(int answer, Instant oldest, Instant served) {}

  ServedSamples(MetricsProvider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
  }

  /** Returns, by metric, the age at serving of the oldest sample in its latest answer. */
  Map<String, Duration> ages() {
    Map<String, Duration> ages = new TreeMap<>();
    latest.forEach(
        (metric, noted) -> ages.put(metric, Duration.between(noted.oldest, noted.served)));
    return ages;
  }

  @Override
  public MetricCatalog catalog() {
    return provider.catalog();
  }

  @Override
  public Optional<ResourceMetricsProvider> resources() {
    return provider.resources();
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query) {
    CompletionStage<Answer<ObjectMetricValue>> answer = provider.objectValues(query);
    return answer.thenApply(values -> noted(query.metric(), values, ObjectMetricValue::at));
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    CompletionStage<Answer<ExternalMetricValue>> answer = provider.externalValues(query);
    return answer.thenApply(values -> noted(query.metric(), values, ExternalMetricValue::at));
  }

  private <T> Answer<T> noted(String metric, Answer<T> answer, Function<T, Instant> at) {
    if (answer instanceof Answer.Values<T> values) {
      // The same answer is served again and again; its oldest sample need be found only once.
      int identity = System.identityHashCode(answer);
      Noted known = latest.get(metric);
      Instant now = clock.instant();
      if (known != null && known.answer == identity) {
        latest.put(metric, new Noted(identity, known.oldest, now));
      } else {
        values.items().stream()
            .map(at)
            .min(Instant::compareTo)
            .ifPresent(oldest -> latest.put(metric, new Noted(identity, oldest, now)));
      }
    }
    return answer;
  }
}
