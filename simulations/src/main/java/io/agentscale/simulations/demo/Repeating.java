// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task done again and again on a thread of its own. */
final class Repeating implements AutoCloseable {
  private final String name;
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> running;

  Repeating(String name, Duration period, Runnable task) {
    this.name = name;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    this.running = thread.scheduleWithFixedDelay(task, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Fails with what stopped the task, if anything did: what stands still would show as steady. */
  void check() {
    if (running.state() == ScheduledFuture.State.FAILED) {
      throw new IllegalStateException(name + " stopped", running.exceptionNow());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
