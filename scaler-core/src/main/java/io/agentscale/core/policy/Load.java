// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is observed of a workload at one moment. Unknown is empty, never zero.
 *
 * @param replicas how many replicas are asked for at present
 * @param readyReplicas how many of them can serve
 * @param demand waiting and running work, in the metric's unit
 * @param backlog waiting work only
 * @param foresight what is foreseen of the demand, where anything is
 */
public record Load(
    int replicas,
    int readyReplicas,
    OptionalDouble demand,
    OptionalDouble backlog,
    Optional<Foresight> foresight) {
  public Load {
    if (replicas < 0 || readyReplicas < 0) {
      throw new IllegalArgumentException(
          "replicas: must not be negative, was: " + replicas + " with " + readyReplicas + " ready");
    }
    requireAmount("demand", demand);
    requireAmount("backlog", backlog);
  }

  /** Creates a load of which nothing is foreseen. */
  public Load(int replicas, int readyReplicas, OptionalDouble demand, OptionalDouble backlog) {
    this(replicas, readyReplicas, demand, backlog, Optional.empty());
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
