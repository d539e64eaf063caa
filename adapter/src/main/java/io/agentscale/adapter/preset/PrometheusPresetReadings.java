// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads presets from a Prometheus: one query for all pods of all namespaces, whoever asks.
 *
 * <p>The time of a reading is that of the oldest sample it was made of. Of series that have none
 * within Prometheus' look-back of five minutes, though rates over longer windows still have a
 * value, the time is the end of that look-back.
 */
public final class PrometheusPresetReadings implements PresetReadings {
  private final QueryScope scope;
  private final InstantSource clock;
  private final FreshCache<Question, Map<String, Map<String, Reading>>> cache;
  private final Function<String, ? extends CompletionStage<QueryResult>> prometheus;

  /** Prometheus' own limit on how old the latest sample of a series may be. */
  private static final Duration LOOKBACK = Duration.ofMinutes(5);

  private record Question(Preset preset, LabelSelector series) {}

  private record Place(String namespace, String pod, String source) {}

  /**
   * Creates the readings.
   *
   * @param prometheus evaluates a PromQL expression now
   */
  public PrometheusPresetReadings(
      Function<String, ? extends CompletionStage<QueryResult>> prometheus,
      QueryScope scope,
      InstantSource clock,
      FreshCache.Limits limits) {
    this.prometheus = prometheus;
    this.scope = scope;
    this.clock = clock;
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
    String promql = metric.query(scope.with(SeriesMatcher.of(question.series()))).perPodWithTimes();
    Optional<Duration> window =
        metric.sources().stream()
                .flatMap(source -> source.terms().stream())
                .allMatch(term -> term.kind() == Term.Kind.RATE)
            ? Optional.of(scope.rateWindow())
            : Optional.empty();
    Instant askedAt = clock.instant();
    return prometheus.apply(promql).thenApply(answer -> byPod(answer, askedAt, window));
  }

  private Map<String, Map<String, Reading>> byPod(
      QueryResult result, Instant askedAt, Optional<Duration> window) {
    if (!(result instanceof QueryResult.Vector vector)) {
      throw new IllegalStateException("the query of a preset must give a vector, gave: " + result);
    }
    Map<Place, Instant> times = new HashMap<>();
    for (LabelledSample row : vector.rows()) {
      if (!isValue(row)) {
        Instant at = Instant.ofEpochMilli(Math.round(row.sample().value() * 1000));
        times.merge(place(row), at, (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    Map<String, Map<String, Reading>> pods = new HashMap<>();
    for (LabelledSample row : vector.rows()) {
      if (isValue(row)) {
        Place place = place(row);
        Instant at =
            times.isEmpty()
                ? row.sample().at()
                : times.getOrDefault(place, askedAt.minus(LOOKBACK));
        pods.computeIfAbsent(place.namespace(), _ -> new HashMap<>())
            .put(place.pod(), reading(row.sample().value(), at, window));
      }
    }
    return pods;
  }

  private Place place(LabelledSample row) {
    return new Place(
        row.labels().getOrDefault(scope.namespaceLabel(), ""),
        row.labels().getOrDefault(scope.podLabel(), ""),
        row.labels().getOrDefault(PresetQuery.SOURCE_LABEL, ""));
  }

  private static boolean isValue(LabelledSample row) {
    return row.labels()
        .getOrDefault(PresetQuery.PART_LABEL, PresetQuery.VALUES)
        .equals(PresetQuery.VALUES);
  }

  private static Reading reading(double value, Instant at, Optional<Duration> window) {
    return Double.isFinite(value)
        ? new Reading.Value(value, at, window)
        : new Reading.Absent("Prometheus answered " + value);
  }
}
