// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.util.OptionalDouble;

/**
 * What is observed of a workload at one moment. Unknown is empty, never zero.
 *
 * @param replicas how many replicas are asked for at present
 * @param readyReplicas how many of them can serve
 * @param demand waiting and running work, in the metric's unit
 * @param backlog waiting work only
 */
public record Load(int replicas, int readyReplicas, OptionalDouble demand, OptionalDouble backlog) {
  public Load {
    if (replicas < 0 || readyReplicas < 0) {
      throw new IllegalArgumentException(
          "replicas: must not be negative, was: " + replicas + " with " + readyReplicas + " ready");
    }
    requireAmount("demand", demand);
    requireAmount("backlog", backlog);
  }

  private static void requireAmount(String name, OptionalDouble amount) {
    if (amount.isPresent()
        && !(amount.getAsDouble() >= 0 && amount.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name
              + ": must be a finite number and not negative, or unknown, was: "
              + amount.getAsDouble());
    }
  }
}
