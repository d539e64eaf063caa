// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.policy.ReplicaBounds;

/**
 * Knows the traffic to come: asks for the most replicas the minimal schedule needs until a replica
 * asked for at the next decision would be ready. No autoscaler can do that; it shows what is left
 * to gain.
 */
public record Oracle(String name, ReplicaBounds bounds) implements Autoscaler {

  @Override
  public Session begin(SessionContext context) {
    double ahead =
        context.cluster().startUp().p90Seconds()
            + context.cluster().readinessLag().toSeconds()
            + 2.0 * context.cluster().syncInterval().toSeconds();
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
