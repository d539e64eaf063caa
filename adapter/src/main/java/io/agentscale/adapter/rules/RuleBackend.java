// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.adapter.sample.FreshCache.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A Prometheus as rules use it: the same question is asked once, however many want the answer. */
public final class RuleBackend {
  private static final String NAME_LABEL = "__name__";

  private final PrometheusClient prometheus;
  private final FreshCache<String, QueryResult> answers;

  public RuleBackend(PrometheusClient prometheus, InstantSource clock, FreshCache.Limits limits) {
    this.prometheus = prometheus;
    this.answers =
        new FreshCache<>(
            promql -> prometheus.query(promql, clock.instant()).thenApply(answer -> answer.data()),
            clock,
            limits);
  }

  /** Returns what the expression comes to now, or came to a moment ago. */
  public CompletionStage<Fetched<QueryResult>> ask(String promql) {
    return answers.get(promql);
  }

  /** Returns the series that the selector has matched since a time. */
  public CompletionStage<Set<Series>> series(String selector, Instant since, Instant now) {
    return prometheus
        .series(List.of(selector), since, now)
        .thenApply(
            answer -> answer.data().stream().map(RuleBackend::series).collect(toUnmodifiableSet()));
  }

  /** Asks again what is still being asked and would soon be too old. */
  public void refresh(Duration ahead) {
    answers.refresh(ahead);
  }

  private static Series series(Map<String, String> labels) {
    Set<String> names = new HashSet<>(labels.keySet());
    names.remove(NAME_LABEL);
    return new Series(labels.getOrDefault(NAME_LABEL, ""), names);
  }
}
