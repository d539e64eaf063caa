// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.policy.QueueStep;

/** How a decision reaches the workload. */
public sealed interface Actuation {

  /** A metric is served, and the user's own autoscaler follows it. */
  record Metric() implements Actuation {}

  /** A metric is served, and the autoscaler's bounds are held as well. */
  record ExactFloor() implements Actuation {}

  /**
   * The scale subresource is ours alone: one more or one fewer at a time.
   *
   * @param rule its thresholds, bounds and pause
   */
  record OwnScale(QueueStep rule) implements Actuation {}
}
