// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Workload;

/**
 * Replays traffic. The same arguments give the same result; one engine may run many replays at once
 * on as many threads.
 */
public interface Engine {
  /** Returns its name in tables. */
  String name();

  /**
   * Replays traffic from its start to its end.
   *
   * @param seed of all that is random: arrivals, work, start-up times
   * @param listener is told of every decision; {@link TimelineListener#NONE} costs nothing
   * @throws io.agentscale.simulations.trace.InvalidTraceException if the traffic is not known
   *     throughout
   */
  ReplayResult run(
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      long seed,
      TimelineListener listener);
}
