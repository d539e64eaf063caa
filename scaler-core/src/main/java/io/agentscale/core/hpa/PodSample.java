// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a metrics API said of a pod; of a group of pods, what it said of each. */
public sealed interface PodSample {

  /** The answer does not list the pod. */
  enum Missing implements PodSample {
    SAMPLE
  }

  /**
   * A value.
   *
   * @param milli thousandths of the metric's unit
   * @param at when it was measured
   * @param window the time it is a mean over
   */
  record Value(long milli, Instant at, Duration window) implements PodSample {}

  /**
   * The usage of a resource container by container.
   *
   * @param usage by container name; empty where the container is listed without the resource
   * @param at when it was measured
   * @param window the time it is a mean over
   */
  record ByContainer(Map<String, Optional<Quantity>> usage, Instant at, Duration window)
      implements PodSample {}
}
