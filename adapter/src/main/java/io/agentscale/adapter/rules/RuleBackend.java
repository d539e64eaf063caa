// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.adapter.sample.FreshCache.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A Prometheus as rules use it: the same question is asked once, however many want the answer. */
public final class RuleBackend {
  private final GuardedPrometheus prometheus;
  private final FreshCache<String, QueryResult> answers;
  private final FreshCache<Batch, BatchedRows> batches;

  public RuleBackend(GuardedPrometheus prometheus, InstantSource clock, FreshCache.Limits limits) {
    this.prometheus = prometheus;
    this.answers =
        new FreshCache<>(promql -> prometheus.query(promql, clock.instant()), clock, limits);
    this.batches =
        new FreshCache<>(batch -> fetch(prometheus, batch, clock.instant()), clock, limits);
  }

  private static CompletionStage<BatchedRows> fetch(
      GuardedPrometheus prometheus, Batch batch, Instant at) {
    return prometheus
        .query(batch.promql(), at)
        .thenApply(result -> BatchedRows.of(batch, result, at));
  }

  /** Returns what the expression comes to now, or came to a moment ago. */
  public CompletionStage<Fetched<QueryResult>> ask(String promql) {
    return answers.get(promql);
  }

  /** Returns what the expression came to at that time; nothing is remembered of it. */
  CompletionStage<QueryResult> ask(String promql, Instant at) {
    return prometheus.query(promql, at);
  }

  /** Returns the answer for all objects now, or a moment ago. */
  CompletionStage<Fetched<BatchedRows>> ask(Batch batch) {
    return batches.get(batch);
  }

  /** Returns the series that the selector has matched since a time. */
  public CompletionStage<Set<Series>> series(String selector, Instant since, Instant now) {
    return new SeriesLookup(prometheus, since, now).series(selector);
  }

  /** Returns the Prometheus itself. */
  GuardedPrometheus prometheus() {
    return prometheus;
  }

  /** Asks again what is still being asked and would soon be too old. */
  public void refresh(Duration ahead) {
    answers.refresh(ahead);
    batches.refresh(ahead);
  }
}
