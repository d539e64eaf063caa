// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.ReplayResult;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Workload;

/**
 * Replays tick by tick, with runs as an amount spread evenly over the pods that serve and ending at
 * the rate of the pods' {@linkplain io.agentscale.simulations.workload.FlowTable flow table}.
 *
 * <p>Arrivals of a rate series are random around its rates, those of a list of requests are as
 * listed. Each tick is stepped implicitly (what ends depends on the runs at its end), so that ticks
 * may be longer than runs.
 *
 * @param settings of the replays
 */
public record FluidEngine(ReplaySettings settings) implements Engine {

  @Override
  public String name() {
    return "fluid";
  }

  @Override
  public ReplayResult run(
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      long seed,
      TimelineListener listener) {
    var replay = new FluidReplay(settings, traffic, workload, cluster, autoscaler, seed, listener);
    return new ReplayResult(
        autoscaler.name(), name(), seed, replay.run(), replay.portions(), replay.ticks());
  }
}
