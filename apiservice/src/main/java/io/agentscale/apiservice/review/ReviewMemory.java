// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.review;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers answers for a while, and lets everybody who asks the same thing at the same time wait
 * for one answer. A failure is told to those who wait and then forgotten.
 *
 * @param <K> a question, small and immutable
 * @param <V> an answer
 */
public final class ReviewMemory<K, V> {
  private record Remembered<V>(V answer, Instant until) {}

  private final InstantSource clock;
  private final Function<V, Duration> lifetime;
  private final Map<K, CompletableFuture<V>> asked = new HashMap<>();
  private final Map<K, Remembered<V>> answers;

  /**
   * @param maxAnswers remembered at one time; the least recently used make room
   * @param lifetime how long an answer is good
   */
  public ReviewMemory(int maxAnswers, Function<V, Duration> lifetime, InstantSource clock) {
    this.lifetime = lifetime;
    this.clock = clock;
    this.answers =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
            return size() > maxAnswers;
          }
        };
  }

  /** Returns the remembered answer, or the one that {@code ask} will give. */
  public CompletionStage<V> get(K question, Supplier<CompletionStage<V>> ask) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    synchronized (this) {
      Optional<V> known = known(question);
      if (known.isPresent()) {
        return CompletableFuture.completedStage(known.get());
      }
      CompletableFuture<V> others = asked.putIfAbsent(question, mine);
      if (others != null) {
        return others.minimalCompletionStage();
      }
    }
    ask(ask)
        .whenComplete(
            (answer, failure) -> {
              settle(question, answer, failure);
              if (failure == null) {
                mine.complete(answer);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine.minimalCompletionStage();
  }

  private static <V> CompletionStage<V> ask(Supplier<CompletionStage<V>> ask) {
    try {
      return ask.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Optional<V> known(K question) {
    Remembered<V> remembered = answers.get(question);
    return remembered != null && clock.instant().isBefore(remembered.until())
        ? Optional.of(remembered.answer())
        : Optional.empty();
  }

  private synchronized void settle(K question, V answer, Throwable failure) {
    var _ = asked.remove(question);
    if (failure == null) {
      answers.put(question, new Remembered<>(answer, clock.instant().plus(lifetime.apply(answer))));
    }
  }
}
