// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.review;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks again after a failure, with growing pauses, as {@code k8s.io/apiserver} does for reviews:
 * five tries, the first pause half a second, each next one and a half times as long, with up to a
 * fifth more at random so that replicas do not ask in step.
 *
 * @param tries in all
 * @param firstPause before the second try
 * @param factor by which pauses grow
 * @param jitter the largest random share added to a pause
 * @param deadline for each try
 */
public record Retry(
    int tries, Duration firstPause, double factor, double jitter, Duration deadline) {
  public static final Retry DEFAULT =
      new Retry(5, Duration.ofMillis(500), 1.5, 0.2, Duration.ofSeconds(10));

  public Retry {
    if (tries < 1) {
      throw new IllegalArgumentException("tries: must be at least 1, was: " + tries);
    }
  }

  /** Returns the first success, or the last failure. */
  public <V> CompletionStage<V> ask(Supplier<CompletionStage<V>> question) {
    return attempt(question, 1, firstPause);
  }

  private <V> CompletionStage<V> attempt(
      Supplier<CompletionStage<V>> question, int number, Duration pause) {
    CompletableFuture<V> answer = once(question);
    if (number == tries) {
      return answer;
    }
    return answer.exceptionallyCompose(
        _ -> {
          double share = 1 + ThreadLocalRandom.current().nextDouble() * jitter;
          var later =
              CompletableFuture.delayedExecutor(
                  Math.round(pause.toNanos() * share), TimeUnit.NANOSECONDS);
          return CompletableFuture.supplyAsync(
                  () -> attempt(question, number + 1, longer(pause)), later)
              .thenCompose(next -> next);
        });
  }

  private Duration longer(Duration pause) {
    return Duration.ofNanos(Math.round(pause.toNanos() * factor));
  }

  private <V> CompletableFuture<V> once(Supplier<CompletionStage<V>> question) {
    try {
      return question
          .get()
          .toCompletableFuture()
          .copy()
          .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
