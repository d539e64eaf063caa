// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Lets a load follow the wall clock. */
final class LoadDriver implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("synthetic-load").daemon().factory());
  private final ScheduledFuture<?> ticking;

  LoadDriver(SyntheticLoad load, InstantSource clock) {
    ticking =
        clockwork.scheduleAtFixedRate(
            () -> load.tick(clock.instant()), 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Fails with what stopped the load, if anything did: a frozen load would show as steady. */
  void check() {
    if (ticking.state() == ScheduledFuture.State.FAILED) {
      throw new IllegalStateException("the synthetic load stopped", ticking.exceptionNow());
    }
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
  }
}
