// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Workload;

/**
 * One replay by two engines, and how far they are apart.
 *
 * @param one of the first engine
 * @param other of the second, which is taken for the truth
 */
public record EngineComparison(ReplayResult one, ReplayResult other) {

  /** Replays with both; arrivals are drawn alike only where the traffic lists requests. */
  public static EngineComparison of(
      Engine one,
      Engine other,
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      long seed) {
    return new EngineComparison(
        one.run(traffic, workload, cluster, autoscaler, seed, TimelineListener.NONE),
        other.run(traffic, workload, cluster, autoscaler, seed, TimelineListener.NONE));
  }

  /** Returns by how many points of percent more runs are late by the first engine. */
  public double latePoints() {
    return one.score().latency().latePercent() - other.score().latency().latePercent();
  }

  /** Returns by how many percent more replica-hours the first engine counts. */
  public double replicaHoursPercent() {
    return percent(one.score().replicas().replicaHours(), other.score().replicas().replicaHours());
  }

  /** Returns by how many percent the first engine's 99th percentile is higher. */
  public double p99Percent() {
    return percent(one.score().latency().p99Millis(), other.score().latency().p99Millis());
  }

  private static double percent(double value, double of) {
    return of == 0 ? 0 : 100 * (value / of - 1);
  }
}
