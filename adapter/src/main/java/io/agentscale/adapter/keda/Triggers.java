// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.metric.Quantity;
import io.grpc.StatusException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Knows what every trigger asks for; always from memory. */
final class Triggers {
  private final PolicyTriggers policies;
  private final MetricTriggers metrics;
  private final InstantSource clock;

  Triggers(PolicyTriggers policies, MetricTriggers metrics, InstantSource clock) {
    this.policies = policies;
    this.metrics = metrics;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns the trigger's value; fails with a {@link StatusException} where it is not known. */
  CompletableFuture<TriggerValue> value(Trigger trigger) {
    return switch (trigger) {
      case Trigger.OfPolicy policy -> valueOf(policy);
      case Trigger.OfMetric metric -> metrics.value(metric);
    };
  }

  private CompletableFuture<TriggerValue> valueOf(Trigger.OfPolicy policy) {
    try {
      return completedFuture(policies.value(policy.key(), now()));
    } catch (StatusException e) {
      return failedFuture(e);
    }
  }

  /**
   * Returns how much one replica carries: the same at all times, whatever is known of the value.
   *
   * @throws StatusException if there is no such policy
   */
  Quantity target(Trigger trigger) throws StatusException {
    return switch (trigger) {
      case Trigger.OfPolicy policy -> policies.target(policy.key());
      case Trigger.OfMetric metric -> metric.target();
    };
  }

  /** Takes note of what a policy decided. */
  void note(PolicySnapshot snapshot) {
    policies.note(snapshot);
  }

  /** Forgets a policy. */
  void forget(Trigger.OfPolicy gone) {
    policies.forget(gone.key());
  }
}
