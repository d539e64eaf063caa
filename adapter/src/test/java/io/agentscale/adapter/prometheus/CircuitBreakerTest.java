// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.prometheus.CircuitBreaker.Limits;
import io.agentscale.adapter.prometheus.CircuitBreaker.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A breaker that opens too late holds every autoscaler up, one that does not close again keeps a
 * working Prometheus from being asked.
 */
final class CircuitBreakerTest {
  private static final Limits LIMITS =
      new Limits(3, Duration.ofSeconds(1), Duration.ofSeconds(3), 4);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<CompletableFuture<String>> asked = new ArrayList<>();
  private final CircuitBreaker breaker =
      new CircuitBreaker(
          () -> now,
          LIMITS,
          failure ->
              switch (failure) {
                case IllegalStateException _ -> Blame.SOURCE;
                case UnsupportedOperationException _ -> Blame.SOURCE_OR_QUESTION;
                default -> Blame.QUESTION;
              });

  @Test
  void failuresInARow_failFastWithTheCause() {
    fail(3);
    var refused = ask();
    assertThat(asked).hasSize(3);
    assertThat(refused.exceptionNow())
        .hasMessage("down; 3 failures in a row, so it is asked only once every 1.0 s");
  }

  @Test
  void successBetweenFailures_keepsAsking() {
    fail(2);
    succeed();
    fail(2);
    succeed();
    assertThat(asked).hasSize(6);
  }

  @Test
  void refusedQueries_areNoOutage() {
    for (int i = 0; i < 5; i++) {
      var _ = ask();
      asked.getLast().completeExceptionally(new IllegalArgumentException("bad query"));
    }
    assertThat(asked).hasSize(5);
  }

  @Test
  void questionThatIsTooMuch_isSparedAlone_andTheOthersAreAsked() {
    for (int i = 0; i < 3; i++) {
      var _ = ask("heavy");
      asked.getLast().completeExceptionally(new UnsupportedOperationException("no answer"));
    }
    assertThat(ask("heavy")).isCompletedExceptionally();
    assertThat(asked).hasSize(3);
    var light = ask("light");
    asked.getLast().complete("up");
    assertThat(light.join()).isEqualTo("up");
  }

  @Test
  void sourceThatHangs_isTriedOnceByEachQuestion() {
    for (int i = 0; i < 3; i++) {
      var _ = ask("heavy");
      asked.getLast().completeExceptionally(new UnsupportedOperationException("no answer"));
    }
    var _ = ask("light");
    asked.getLast().completeExceptionally(new UnsupportedOperationException("no answer"));
    assertThat(ask("light")).isCompletedExceptionally();
    assertThat(asked).hasSize(4);
  }

  @Test
  void sourceThatIsDown_isSparedByAllQuestions() {
    fail(3);
    assertThat(ask("another")).isCompletedExceptionally();
    assertThat(asked).hasSize(3);
  }

  @Test
  void pauseOver_oneProbeOnly() {
    fail(3);
    now = now.plusSeconds(1);
    var probe = ask();
    var other = ask();
    assertThat(asked).hasSize(4);
    assertThat(other).isCompletedExceptionally();
    asked.getLast().complete("up");
    assertThat(probe.join()).isEqualTo("up");
    succeed();
    assertThat(asked).hasSize(5);
  }

  @Test
  void failingProbes_doubleThePauseUpToTheLongest() {
    fail(3);
    for (int seconds : List.of(1, 2, 3, 3)) {
      now = now.plusSeconds(seconds).minusMillis(1);
      assertThat(ask()).as("before %d s", seconds).isCompletedExceptionally();
      now = now.plusMillis(1);
      int before = asked.size();
      fail(1);
      assertThat(asked).hasSize(before + 1);
    }
  }

  @Test
  void tooManyInFlight_areRefusedUntilOneEnds() {
    for (int i = 0; i < 4; i++) {
      var _ = ask();
    }
    assertThat(ask().exceptionNow()).hasMessageContaining("4 questions are waiting");
    asked.getFirst().complete("ok");
    var _ = ask();
    assertThat(asked).hasSize(5);
  }

  @Test
  void sourceThatThrows_isAFailureLikeAnother() {
    for (int i = 0; i < 3; i++) {
      var _ =
          breaker.ask(
              "question",
              () -> {
                throw new IllegalStateException("down");
              });
    }
    assertThat(ask()).isCompletedExceptionally();
    assertThat(asked).isEmpty();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      var _ = ask();
      asked.getLast().completeExceptionally(new IllegalStateException("down"));
    }
  }

  private void succeed() {
    var _ = ask();
    asked.getLast().complete("up");
  }

  private CompletableFuture<String> ask() {
    return ask("question");
  }

  private CompletableFuture<String> ask(String question) {
    return breaker
        .ask(
            question,
            () -> {
              CompletableFuture<String> answer = new CompletableFuture<>();
              asked.add(answer);
              return answer;
            })
        .toCompletableFuture();
  }
}
