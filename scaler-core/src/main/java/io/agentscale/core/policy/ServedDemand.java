// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import java.time.Instant;

/** What the metric {@code agentscale_demand} is to say; unknown is an error there, never zero. */
public sealed interface ServedDemand {

  /**
   * A demand to serve.
   *
   * @param demand in the metric's unit
   * @param at when it was measured, or decided where it comes from no measurement
   */
  record Known(Quantity demand, Instant at) implements ServedDemand {}

  /** Nothing to serve, so that the HorizontalPodAutoscaler keeps what it has. */
  record Unknown(String cause) implements ServedDemand {}
}
