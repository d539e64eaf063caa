// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/**
 * An HTTP call that always ends by its deadline, whatever the other side does.
 *
 * <p>The deadline counts from the moment of asking and covers everything: waiting for a free slot,
 * name lookup, connection, and reading the whole body. okhttp's own call timeout starts only when a
 * queued call is given its thread.
 */
public final class TimedCall {

  private TimedCall() {}

  /**
   * Reads an answer into a value; it runs on okhttp's thread.
   *
   * @param <T> what the answer means
   */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Response response) throws IOException;
  }

  /**
   * Starts the call. The future fails with the {@link IOException} met, or with {@link
   * DeadlineException}; cancelling it ends the call.
   */
  public static <T> CompletableFuture<T> start(Call call, Duration deadline, Reader<T> reader) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    var _ =
        alarm
            .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (done, failure) -> {
                  if (failure instanceof TimeoutException) {
                    answer.completeExceptionally(new DeadlineException(deadline));
                  }
                });
    var _ =
        answer.whenComplete(
            (value, failure) -> {
              alarm.complete(null);
              if (failure != null) {
                call.cancel();
              }
            });
    call.enqueue(new Completion<>(answer, reader));
    return answer;
  }

  private record Completion<T>(CompletableFuture<T> answer, Reader<T> reader) implements Callback {
    @Override
    public void onFailure(Call call, IOException failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(reader.read(response));
      } catch (IOException | RuntimeException e) {
        // A bug in a reader too must fail the question, not leave it waiting.
        answer.completeExceptionally(e);
      }
    }
  }
}
