// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.metric.Quantity;

/** A trigger of a ScaledObject during a replay. */
interface KedaTrigger {

  /** What it answers. */
  sealed interface Answer {
    /**
     * It knows.
     *
     * @param value of its metric
     * @param active whether there should be any replica
     */
    record Known(Quantity value, boolean active) implements Answer {}

    /** It fails. */
    record Failed(String cause) implements Answer {}
  }

  Answer ask(ClusterView view);
}
