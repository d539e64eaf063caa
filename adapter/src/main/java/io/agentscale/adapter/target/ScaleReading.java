// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import io.agentscale.adapter.workload.Workload;
import io.agentscale.core.metric.LabelSelector;
import java.util.Optional;

/** What a workload's scale says. */
sealed interface ScaleReading {

  /**
   * It is there.
   *
   * @param replicas asked for
   * @param pods matches its pods
   * @param workload all that it says; empty for a kind of which only the scale is read
   */
  record Known(int replicas, LabelSelector pods, Optional<Workload> workload)
      implements ScaleReading {}

  /** It is not there or cannot be seen, and what to do about it. */
  record Unknown(String cause) implements ScaleReading {}
}
