// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps the latest value of each key fresh for as long as anybody asks for it.
 *
 * <p>The first question for a key fetches it, once however many ask at the same moment. While the
 * value is fresh every question is answered from memory, and {@link #refresh} fetches it again
 * before it is not. When a fetch fails the last value is still given, with its true time, until
 * {@code hold} has passed; after that the failure is the answer. So the load on the source grows
 * with the number of distinct keys, never with the number of questions.
 *
 * @param <K> what is asked for
 * @param <V> what is fetched
 */
public final class FreshCache<K, V> {

  /**
   * How long values live.
   *
   * @param fresh a younger value is given without asking the source
   * @param hold an older value is never given, even if the source fails
   * @param idle a key that nobody asked for during this time is no longer refreshed, and forgotten
   * @param keys most keys kept; beyond it the one not asked for the longest goes first
   */
  public record Limits(Duration fresh, Duration hold, Duration idle, int keys) {
    public Limits {
      if (fresh.isNegative() || hold.compareTo(fresh) < 0) {
        throw new IllegalArgumentException(
            "hold: must be at least fresh " + fresh + ", was: " + hold);
      }
      if (keys < 1) {
        throw new IllegalArgumentException("keys: must be at least 1, was: " + keys);
      }
    }
  }

  /**
   * A value and when it was fetched.
   *
   * @param value as the source gave it
   * @param at when the answer arrived
   */
  public record Fetched<V>(V value, Instant at) {}

  private final Function<K, CompletionStage<V>> source;
  private final InstantSource clock;
  private final Limits limits;
  private final Map<K, Entry> entries = new ConcurrentHashMap<>();

  public FreshCache(Function<K, CompletionStage<V>> source, InstantSource clock, Limits limits) {
    this.source = source;
    this.clock = clock;
    this.limits = limits;
  }

  /** Returns the value, from memory if it is fresh; fails with the source's own exception. */
  public CompletionStage<Fetched<V>> get(K key) {
    Instant now = clock.instant();
    Entry entry = entries.get(key);
    if (entry == null) {
      makeRoom();
      entry = entries.computeIfAbsent(key, Entry::new);
    }
    return entry.asked(now);
  }

  /**
   * Fetches again whatever is still being asked for and would stop being fresh before {@code ahead}
   * has passed, and forgets what is not. Called periodically.
   */
  public void refresh(Duration ahead) {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> entry.lastAsked.plus(limits.idle()).isBefore(now));
    for (Entry entry : entries.values()) {
      if (!entry.isFresh(now.plus(ahead))) {
        var _ = entry.fetch();
      }
    }
  }

  public int size() {
    return entries.size();
  }

  private void makeRoom() {
    while (entries.size() >= limits.keys()) {
      entries.values().stream()
          .min(Comparator.comparing(entry -> entry.lastAsked))
          .ifPresent(idlest -> entries.remove(idlest.key, idlest));
    }
  }

  private final class Entry {
    private final K key;
    private volatile Instant lastAsked = Instant.MIN;
    private volatile CompletableFuture<Fetched<V>> latest = new CompletableFuture<>();
    private CompletableFuture<Fetched<V>> inFlight = new CompletableFuture<>();
    private boolean fetching;

    Entry(K key) {
      this.key = key;
    }

    CompletionStage<Fetched<V>> asked(Instant now) {
      lastAsked = now;
      return isFresh(now) ? latest : fetch();
    }

    boolean isFresh(Instant now) {
      return isYounger(limits.fresh(), now);
    }

    private boolean isYounger(Duration age, Instant now) {
      CompletableFuture<Fetched<V>> known = latest;
      return known.isDone() && !known.join().at().plus(age).isBefore(now);
    }

    CompletionStage<Fetched<V>> fetch() {
      CompletableFuture<Fetched<V>> flight;
      synchronized (this) {
        if (fetching) {
          return inFlight;
        }
        fetching = true;
        flight = new CompletableFuture<>();
        inFlight = flight;
      }
      start().whenComplete((value, failure) -> landed(flight, value, failure));
      return flight;
    }

    private CompletionStage<V> start() {
      try {
        return source.apply(key);
      } catch (RuntimeException e) {
        return CompletableFuture.failedStage(e);
      }
    }

    @SuppressWarnings("NullAway") // whenComplete gives the value or the failure, the other is null
    private void landed(CompletableFuture<Fetched<V>> flight, V value, Throwable failure) {
      Instant now = clock.instant();
      CompletableFuture<Fetched<V>> held = latest;
      synchronized (this) {
        if (failure == null) {
          latest = CompletableFuture.completedFuture(new Fetched<>(value, now));
          held = latest;
        }
        fetching = false;
      }
      // Completed outside the lock: what hangs on it is not ours to know.
      if (failure == null || isYounger(limits.hold(), now)) {
        flight.complete(held.join());
      } else {
        flight.completeExceptionally(failure);
      }
    }
  }
}
