// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import java.util.concurrent.TimeoutException;

/** A cluster that stumbles must not lock everybody out; one that hangs must not hang us. */
final class RetryTest {
  private static final Retry QUICK =
      new Retry(5, Duration.ofNanos(1), 1.5, 0.2, Duration.ofMillis(20));

  @Test
  void laterSuccess_counts() {
    var asked = new AtomicInteger();
    String answer =
        QUICK
            .ask(
                () ->
                    asked.incrementAndGet() < 4
                        ? CompletableFuture.<String>failedStage(new IOException("refused"))
                        : CompletableFuture.completedStage("yes"))
            .toCompletableFuture()
            .join();
    assertThat(answer).isEqualTo("yes");
    assertThat(asked).hasValue(4);
  }

  @Test
  void lastFailure_isTold() {
    var asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                QUICK
                    .ask(
                        () ->
                            CompletableFuture.<String>failedStage(
                                new IOException("refused " + asked.incrementAndGet())))
                    .toCompletableFuture()
                    .join())
        .hasRootCauseMessage("refused 5");
  }

  @Test
  void hangingCluster_isGivenUp() {
    assertThatThrownBy(() -> QUICK.ask(CompletableFuture<String>::new).toCompletableFuture().join())
        .hasRootCauseInstanceOf(TimeoutException.class);
  }
}
