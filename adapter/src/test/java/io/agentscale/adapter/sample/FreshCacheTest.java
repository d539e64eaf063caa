// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.sample.FreshCache.Fetched;
import io.agentscale.adapter.sample.FreshCache.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * An autoscaler never checks timestamps: a cache that gives a value too old, or hides a dead
 * source, or asks it once a question, would hurt silently.
 */
final class FreshCacheTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), 3);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<String>> flights = new ArrayList<>();
  private final FreshCache<String, String> cache = new FreshCache<>(this::fetch, () -> now, LIMITS);

  @Test
  void get_twiceBeforeTheAnswer_asksOnce() {
    var first = get("a");
    var second = get("a");
    flights.getFirst().complete("1");
    assertThat(asked).containsExactly("a");
    assertThat(first.join()).isEqualTo(new Fetched<>("1", now)).isEqualTo(second.join());
  }

  @Test
  void get_whileFresh_answersFromMemory() {
    known("a", "1");
    advance(5);
    assertThat(get("a").join().value()).isEqualTo("1");
    assertThat(asked).hasSize(1);
  }

  @Test
  void get_whenNoLongerFresh_fetchesAgain() {
    known("a", "1");
    advance(6);
    var answer = get("a");
    assertThat(answer).isNotDone();
    flights.getLast().complete("2");
    assertThat(answer.join().value()).isEqualTo("2");
  }

  @Test
  void get_sourceFails_holdsTheLastValueWithItsTrueTime() {
    Instant measured = now;
    known("a", "1");
    advance(30);
    var answer = get("a");
    flights.getLast().completeExceptionally(new IllegalStateException("down"));
    assertThat(answer.join()).isEqualTo(new Fetched<>("1", measured));
  }

  @Test
  void get_sourceFailsPastTheHold_givesTheCause() {
    known("a", "1");
    advance(31);
    var answer = get("a");
    flights.getLast().completeExceptionally(new IllegalStateException("down"));
    assertThat(answer).isCompletedExceptionally();
    assertThat(answer.exceptionNow()).hasMessage("down");
  }

  @Test
  void get_firstFetchFails_givesTheCauseAndTriesAgain() {
    var answer = get("a");
    flights.getLast().completeExceptionally(new IllegalStateException("down"));
    assertThat(answer.exceptionNow()).hasMessage("down");
    ask("a");
    assertThat(asked).containsExactly("a", "a");
  }

  @Test
  void get_sourceThrows_isAFailureNotAHang() {
    var broken =
        new FreshCache<String, String>(
            key -> {
              throw new IllegalStateException("broken");
            },
            () -> now,
            LIMITS);
    assertThat(broken.get("a").toCompletableFuture().exceptionNow()).hasMessage("broken");
  }

  @Test
  void refresh_fetchesAheadWhatIsAskedFor() {
    known("a", "1");
    advance(3);
    cache.refresh(Duration.ofSeconds(1));
    assertThat(asked).hasSize(1);
    cache.refresh(Duration.ofSeconds(3));
    assertThat(asked).hasSize(2);
    flights.getLast().complete("2");
    assertThat(get("a").join().value()).isEqualTo("2");
  }

  @Test
  void refresh_forgetsWhatNobodyAsksFor() {
    known("a", "1");
    advance(61);
    cache.refresh(Duration.ofSeconds(1));
    assertThat(cache.size()).isZero();
    assertThat(asked).hasSize(1);
  }

  @Test
  void get_beyondTheCapacity_dropsTheIdlest() {
    for (String key : List.of("a", "b", "c", "d")) {
      known(key, key);
      advance(1);
    }
    assertThat(cache.size()).isEqualTo(3);
    ask("b");
    assertThat(asked).containsExactly("a", "b", "c", "d");
    ask("a");
    assertThat(asked).containsExactly("a", "b", "c", "d", "a");
  }

  private void known(String key, String value) {
    ask(key);
    flights.getLast().complete(value);
  }

  private void ask(String key) {
    var _ = get(key);
  }

  private CompletableFuture<Fetched<String>> get(String key) {
    return cache.get(key).toCompletableFuture();
  }

  private CompletionStage<String> fetch(String key) {
    asked.add(key);
    CompletableFuture<String> flight = new CompletableFuture<>();
    flights.add(flight);
    return flight;
  }

  private void advance(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
