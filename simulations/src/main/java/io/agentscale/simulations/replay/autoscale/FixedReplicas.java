// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

/** Always the same count. */
public record FixedReplicas(String name, int replicas) implements Autoscaler {
  public FixedReplicas {
    if (replicas < 0) {
      throw new IllegalArgumentException("replicas: must be at least 0, was: " + replicas);
    }
  }

  @Override
  public Session begin(SessionContext context) {
    return new Session() {
      @Override
      public int decide(ClusterView view) {
        return replicas;
      }

      @Override
      public String reason() {
        return "always " + replicas;
      }
    };
  }
}
