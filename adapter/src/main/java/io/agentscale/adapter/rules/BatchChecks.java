// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.prometheus.PrometheusException;
import io.agentscale.adapter.sample.FreshCache.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for all objects at once, where that was seen to answer as asking for one does.
 *
 * <p>That the two queries mean the same is proven from the query's text. Whether the server at the
 * other end sees it so too is tried with the first question of each kind: both queries are
 * evaluated at one time and compared. Where they differ, or the query for all is refused, questions
 * are asked one by one, and it is tried again after a minute.
 */
final class BatchChecks {
  private static final Logger log = LoggerFactory.getLogger(BatchChecks.class);
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final Duration SHADOW_PERIOD = Duration.ofSeconds(5);
  private static final int MOST = 10_000;
  private static final double TOLERANCE = 1e-9;

  private final InstantSource clock;
  private final boolean shadow;
  private final BatchObserver observer;
  private final Map<Batch, Check> checks = new ConcurrentHashMap<>();

  /** What is known of a batch: its comparison, under way or done, and until when that holds. */
  private record Check(CompletableFuture<Boolean> same, Instant until) {
    boolean holds(Instant now) {
      return now.isBefore(until);
    }
  }

  /**
   * Creates checks that have seen nothing yet.
   *
   * @param shadow whether to compare again and again, every five seconds, and not only once
   */
  BatchChecks(InstantSource clock, boolean shadow, BatchObserver observer) {
    this.clock = clock;
    this.shadow = shadow;
    this.observer = observer;
  }

  /** Returns the answer for all, or nothing if the question is to be asked alone. */
  CompletionStage<Optional<Fetched<BatchedRows>>> ask(
      RuleBackend backend, Batch batch, Inquiry<?> inquiry) {
    Check check = check(backend, batch, inquiry);
    return check
        .same()
        .thenCompose(
            same ->
                same
                    ? backend.ask(batch).thenApply(Optional::of)
                    : CompletableFuture.completedStage(Optional.<Fetched<BatchedRows>>empty()))
        .exceptionallyCompose(failure -> failed(batch, inquiry.rule(), failure));
  }

  private Check check(RuleBackend backend, Batch batch, Inquiry<?> inquiry) {
    Instant now = clock.instant();
    Check known = checks.get(batch);
    if (known != null && known.holds(now)) {
      return known;
    }
    if (checks.size() >= MOST) {
      checks.clear();
    }
    CompletableFuture<Boolean> same = new CompletableFuture<>();
    Check begun = new Check(same, shadow ? now.plus(SHADOW_PERIOD) : Instant.MAX);
    Check current =
        checks.compute(batch, (_, other) -> other != null && other.holds(now) ? other : begun);
    if (current.equals(begun)) {
      compare(backend, batch, inquiry, begun);
    }
    return current;
  }

  private void compare(RuleBackend backend, Batch batch, Inquiry<?> inquiry, Check check) {
    var _ =
        backend
            .ask(batch)
            .thenCompose(all -> isSame(backend, inquiry, all.value()))
            .whenComplete((same, failure) -> compared(batch, inquiry.rule(), check, same, failure));
  }

  private static CompletionStage<Boolean> isSame(
      RuleBackend backend, Inquiry<?> inquiry, BatchedRows all) {
    return switch (inquiry.alone().get()) {
      // It cannot be asked alone, so whatever was asked is nothing to answer it with.
      case QueryPlan.Refuse _ -> CompletableFuture.completedStage(false);
      case QueryPlan.Ask(String promql) ->
          backend
              .ask(promql, all.evaluatedAt())
              .thenApply(
                  alone ->
                      isSame(
                          inquiry.ofAlone().apply(alone).rows(),
                          inquiry.ofAll().apply(all).rows()));
    };
  }

  @SuppressWarnings("NullAway") // whenComplete gives the outcome or the failure
  private void compared(Batch batch, Rule rule, Check check, Boolean same, Throwable failure) {
    if (failure != null) {
      // Nothing was learned: whoever asks next compares.
      checks.remove(batch, check);
      check.same().completeExceptionally(failure);
      return;
    }
    observer.compared(same);
    if (!same) {
      refute(batch, check.same());
      log.atWarn()
          .addKeyValue("rule", rule.source())
          .addKeyValue("query", batch.promql())
          .log("One query for all objects answers otherwise than one for each; each is asked for");
    }
    check.same().complete(same);
  }

  private void refute(Batch batch, CompletableFuture<Boolean> outcome) {
    checks.put(batch, new Check(outcome, clock.instant().plus(RETRY)));
  }

  private CompletionStage<Optional<Fetched<BatchedRows>>> failed(
      Batch batch, Rule rule, Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    if (!isRefusal(cause)) {
      return CompletableFuture.failedStage(failure);
    }
    refute(batch, CompletableFuture.completedFuture(false));
    log.atWarn()
        .addKeyValue("rule", rule.source())
        .addKeyValue("cause", String.valueOf(cause == null ? failure : cause.getMessage()))
        .log("One query for all objects was refused; each is asked for");
    return CompletableFuture.completedStage(Optional.empty());
  }

  /** Tells whether the query itself was at fault, so that another may fare better. */
  private static boolean isRefusal(@Nullable Throwable cause) {
    return cause instanceof IllegalStateException
        || (cause instanceof PrometheusException known
            && switch (known.kind()) {
              case REJECTED -> isAboutTheQuery(known.status().orElse(0));
              case TOO_LARGE -> true;
              case UNREACHABLE, TIMEOUT, GARBAGE, CONNECTION_CUT, OWN_FILE -> false;
            });
  }

  private static boolean isAboutTheQuery(int status) {
    return status >= 400 && status < 500 && status != 401 && status != 403 && status != 429;
  }

  /** Compares rows by their labels, and values but for the order in which sums were taken. */
  static boolean isSame(List<Row> one, List<Row> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Map<Map<String, String>, Double> values = new HashMap<>();
    one.forEach(row -> values.put(row.labels(), row.value()));
    return other.stream().allMatch(row -> isSame(values.get(row.labels()), row.value()));
  }

  private static boolean isSame(@Nullable Double one, double other) {
    if (one == null) {
      return false;
    }
    return Double.compare(one, other) == 0
        || Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }
}
