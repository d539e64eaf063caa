// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.time.Duration;
import io.agentscale.adapter.prometheus.CircuitBreaker.Blame;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A Prometheus behind its circuit breaker, which all that is asked of it shares. */
public final class GuardedPrometheus {
  private final PrometheusClient client;
  private final CircuitBreaker breaker;

  public GuardedPrometheus(
      PrometheusClient client, InstantSource clock, CircuitBreaker.Limits limits) {
    this.client = client;
    this.breaker = new CircuitBreaker(clock, limits, GuardedPrometheus::blame);
  }

  private GuardedPrometheus(PrometheusClient client, CircuitBreaker breaker) {
    this.client = client;
    this.breaker = breaker;
  }

  /**
   * Returns the same Prometheus, behind the same breaker, for which only one namespace's series
   * exist.
   *
   * @see PrometheusClient#confinedTo
   */
  public GuardedPrometheus confinedTo(String label, String namespace) {
    return new GuardedPrometheus(client.confinedTo(label, namespace), breaker);
  }

  /** Evaluates an expression at one time. */
  public CompletionStage<QueryResult> query(String promql, Instant at) {
    return guarded(promql, c -> c.query(promql, at));
  }

  /** Evaluates an expression at every step from start to end, both included. */
  public CompletionStage<QueryResult> queryRange(
      String promql, Instant start, Instant end, Duration step) {
    return guarded(promql, c -> c.queryRange(promql, start, end, step));
  }

  /** The label sets of the series that match the selector. */
  public CompletionStage<List<Map<String, String>>> series(
      String selector, Instant start, Instant end) {
    return guarded(selector, c -> c.series(List.of(selector), start, end));
  }

  /** The label names of the series that match any of the selectors. */
  public CompletionStage<List<String>> labelNames(
      Collection<String> selectors, Instant start, Instant end) {
    return guarded(List.copyOf(selectors), c -> c.labelNames(selectors, start, end));
  }

  /** The values of a label among the series that match any of the selectors. */
  public CompletionStage<List<String>> labelValues(
      String label, Collection<String> selectors, Instant start, Instant end) {
    return guarded(List.copyOf(selectors), c -> c.labelValues(label, selectors, start, end));
  }

  private <T> CompletionStage<T> guarded(
      Object identity, Function<PrometheusClient, CompletionStage<PrometheusAnswer<T>>> question) {
    return breaker.ask(identity, () -> question.apply(client)).thenApply(PrometheusAnswer::data);
  }

  /** A Prometheus that says why it refuses one query works. */
  private static Blame blame(Throwable failure) {
    if (!(failure instanceof PrometheusException known)) {
      return Blame.QUESTION;
    }
    return switch (known.kind()) {
      case UNREACHABLE, CONNECTION_CUT, GARBAGE, OWN_FILE -> Blame.SOURCE;
      case TIMEOUT -> known.status().isEmpty() ? Blame.SOURCE_OR_QUESTION : Blame.QUESTION;
      case REJECTED ->
          known.errorType().isEmpty() && known.status().orElse(0) >= 500
              ? Blame.SOURCE
              : Blame.QUESTION;
      case TOO_LARGE -> Blame.QUESTION;
    };
  }
}
