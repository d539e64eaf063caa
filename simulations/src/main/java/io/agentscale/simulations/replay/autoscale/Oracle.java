// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.cluster.Cluster;

/**
 * Knows the traffic to come: asks for the most replicas the minimal schedule needs until a replica
 * asked for at the next decision would be ready. No autoscaler can do that; it shows what is left
 * to gain.
 */
public record Oracle(String name, ReplicaBounds bounds) implements Autoscaler {

  /** Returns how far ahead to look, so that a replica asked for at a decision is ready in time. */
  static double seconds(Cluster cluster) {
    return cluster.startUp().p90Seconds()
        + cluster.readinessLag().toSeconds()
        + 2.0 * cluster.syncInterval().toSeconds()
        + cluster.startUp().creation().quantileSeconds(0.9);
  }

  @Override
  public Session begin(SessionContext context) {
    double ahead = seconds(context.cluster());
    return new Session() {
      @Override
      public int decide(ClusterView view) {
        return bounds.clamp(view.neededUntil(ahead));
      }

      @Override
      public String reason() {
        return "the traffic of the next " + Math.round(ahead) + " s is known";
      }
    };
  }
}
