// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.forecast.Forecaster;
import io.agentscale.core.forecast.ForecastSettings;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Teaches new forecasters the past, in the background and a few at a time, so that a restart costs
 * neither what was learned nor the Prometheus its breath.
 */
public final class Backfill {
  /** Far below the eleven thousand points at which Prometheus refuses. */
  private static final int CHUNK_STEPS = 2_880;

  private final DemandHistory history;
  private final Executor background;

  /**
   * @param background runs one task for each policy; as many at once as it has threads
   */
  public Backfill(DemandHistory history, Executor background) {
    this.history = history;
    this.background = background;
  }

  /**
   * A forecaster that knows the past.
   *
   * @param forecaster to go on with
   * @param samples it was taught
   */
  record Taught(Forecaster forecaster, long samples) {}

  boolean isPossible(PolicyDefinition policy) {
    return history.has(policy);
  }

  /** Begins to teach a new forecaster what was between two times. */
  CompletableFuture<Taught> teach(
      PolicyDefinition policy, ForecastSettings settings, Instant from, Instant to) {
    return CompletableFuture.supplyAsync(() -> taught(policy, settings, from, to), background);
  }

  private Taught taught(
      PolicyDefinition policy, ForecastSettings settings, Instant from, Instant to) {
    Duration step = settings.step().orElseThrow();
    Forecaster forecaster = new Forecaster(settings);
    long samples = 0;
    Instant start = from;
    while (start.isBefore(to)) {
      Instant last = start.plus(step.multipliedBy(CHUNK_STEPS - 1L));
      Instant end = last.isBefore(to) ? last : to;
      // Blocks this background thread alone; the client's own deadline ends it.
      List<Sample> chunk = history.read(policy, start, end, step).toCompletableFuture().join();
      for (Sample sample : chunk) {
        forecaster.observe(sample);
      }
      samples += chunk.size();
      start = end.plus(step);
    }
    return new Taught(forecaster, samples);
  }
}
