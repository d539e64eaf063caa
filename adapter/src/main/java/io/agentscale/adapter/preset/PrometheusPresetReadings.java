// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.PrometheusAnswer;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads presets from a Prometheus: one query for all pods of all namespaces, whoever asks.
 *
 * <p>The time of a reading is that of the query's evaluation: an aggregation does not tell when its
 * samples were scraped, and Prometheus looks back five minutes at most.
 */
public final class PrometheusPresetReadings implements PresetReadings {
  private final QueryScope scope;
  private final FreshCache<Question, Map<String, Map<String, Reading>>> cache;
  private final Function<String, ? extends CompletionStage<PrometheusAnswer<QueryResult>>>
      prometheus;

  private record Question(Preset preset, LabelSelector series) {}

  /**
   * Creates the readings.
   *
   * @param prometheus evaluates a PromQL expression now
   */
  public PrometheusPresetReadings(
      Function<String, ? extends CompletionStage<PrometheusAnswer<QueryResult>>> prometheus,
      QueryScope scope,
      InstantSource clock,
      FreshCache.Limits limits) {
    this.prometheus = prometheus;
    this.scope = scope;
    this.cache = new FreshCache<>(this::fetch, clock, limits);
  }

  @Override
  public CompletionStage<Map<String, Reading>> inNamespace(
      Preset preset, String namespace, LabelSelector series) {
    return cache
        .get(new Question(preset, series))
        .thenApply(fetched -> fetched.value().getOrDefault(namespace, Map.of()));
  }

  /** Asks again for what is still being asked for and would soon be too old. */
  public void refresh(Duration ahead) {
    cache.refresh(ahead);
  }

  private CompletionStage<Map<String, Map<String, Reading>>> fetch(Question question) {
    PresetMetric metric = question.preset().metric();
    String promql = metric.query(scope.with(SeriesMatcher.of(question.series()))).perPod();
    Optional<Duration> window =
        metric.sources().stream()
                .flatMap(source -> source.terms().stream())
                .allMatch(term -> term.kind() == Term.Kind.RATE)
            ? Optional.of(scope.rateWindow())
            : Optional.empty();
    return prometheus.apply(promql).thenApply(answer -> byPod(answer.data(), window));
  }

  private Map<String, Map<String, Reading>> byPod(QueryResult result, Optional<Duration> window) {
    if (!(result instanceof QueryResult.Vector vector)) {
      throw new IllegalStateException("the query of a preset must give a vector, gave: " + result);
    }
    Map<String, Map<String, Reading>> pods = new HashMap<>();
    for (LabelledSample row : vector.rows()) {
      String namespace = row.labels().getOrDefault(scope.namespaceLabel(), "");
      String pod = row.labels().getOrDefault(scope.podLabel(), "");
      pods.computeIfAbsent(namespace, _ -> new HashMap<>()).put(pod, reading(row.sample(), window));
    }
    return pods;
  }

  private static Reading reading(Sample sample, Optional<Duration> window) {
    return Double.isFinite(sample.value())
        ? new Reading.Value(sample.value(), sample.at(), window)
        : new Reading.Absent("Prometheus answered " + sample.value());
  }
}
