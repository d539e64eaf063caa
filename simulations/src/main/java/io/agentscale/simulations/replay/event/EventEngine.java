// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.ReplayResult;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Workload;

/**
 * Replays run by run: each arrives, may wait outside, is given to a pod, is delayed, shares the
 * pod's cores, and ends.
 *
 * <p>Arrivals of a rate series are a Poisson process of that rate, those of a list of requests are
 * as listed. Where a trace knows tokens and the pod model says what one takes, runs take as long as
 * their tokens.
 *
 * @param settings of the replays
 */
public record EventEngine(ReplaySettings settings) implements Engine {

  @Override
  public String name() {
    return "event";
  }

  @Override
  public ReplayResult run(
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      long seed,
      TimelineListener listener) {
    var replay = new EventReplay(settings, traffic, workload, cluster, autoscaler, seed, listener);
    return new ReplayResult(
        autoscaler.name(), name(), seed, replay.run(), replay.portions(), replay.events());
  }
}
