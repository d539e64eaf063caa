// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** As many threads as there are CPUs; answers come in the order of the questions. */
final class Workers implements AutoCloseable {
  private final ExecutorService pool;

  Workers(int threads) {
    pool = Executors.newFixedThreadPool(threads);
  }

  <A, B> List<B> each(List<A> questions, Function<A, B> answer) {
    List<Future<B>> running = new ArrayList<>();
    for (A question : questions) {
      running.add(pool.submit(() -> answer.apply(question)));
    }
    List<B> answers = new ArrayList<>();
    for (Future<B> future : running) {
      answers.add(result(future));
    }
    return answers;
  }

  private static <B> B result(Future<B> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a replay failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends; what still runs is interrupted. */
  @Override
  public void close() {
    pool.shutdownNow();
    pool.close();
  }
}
