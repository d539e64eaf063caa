// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;

/**
 * The metrics an agent exposes so that it can be scaled by what it really waits for: the contract
 * any agent can follow, in any language.
 */
final class AgentMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final CollectorRegistry registry = new CollectorRegistry();

  private final Gauge runsInFlight =
      Gauge.build("agent_runs_in_flight", "Runs accepted and not finished: running or waiting.")
          .register(registry);

  private final Gauge queueDepth =
      Gauge.build("agent_queue_depth", "Runs accepted that wait for a free place.")
          .register(registry);

  private final Counter tokens =
      Counter.build("agent_tokens_total", "Tokens sent to and received from the model.")
          .labelNames("type")
          .register(registry);

  private final Counter.Child promptTokens = tokens.labels("prompt");
  private final Counter.Child completionTokens = tokens.labels("completion");

  private final Counter errors =
      Counter.build("agent_errors_total", "Runs that ended in an error.").register(registry);

  private final Histogram runDuration =
      Histogram.build("agent_run_duration_seconds", "Time from a run's start to its end.")
          .buckets(5, 10, 20, 40, 80, 160, 320)
          .register(registry);

  CollectorRegistry registry() {
    return registry;
  }

  void runs(int running, int waiting) {
    runsInFlight.set((double) running + waiting);
    queueDepth.set(waiting);
  }

  void modelCalled(int prompt, int completion) {
    promptTokens.inc(prompt);
    completionTokens.inc(completion);
  }

  void runEnded(Duration duration, boolean failed) {
    runDuration.observe(duration.toNanos() / NANOS_PER_SECOND);
    if (failed) {
      errors.inc();
    }
  }
}
