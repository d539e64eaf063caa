// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.time.Duration;
import java.util.Optional;

/** Is told of every question once it has ended, to count and to time them. */
@FunctionalInterface
public interface QuestionListener {
  /** Listens to nothing. */
  QuestionListener NONE = (endpoint, took, failure) -> {};

  /**
   * A question has ended.
   *
   * @param endpoint one of {@code query}, {@code query_range}, {@code series}, {@code labels},
   *     {@code label_values}
   * @param took from asking to the last byte understood
   * @param failure absent when it was answered
   */
  void ended(String endpoint, Duration took, Optional<PrometheusException> failure);
}
