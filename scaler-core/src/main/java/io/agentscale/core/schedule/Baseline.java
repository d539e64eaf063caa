// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

/** The bounds that hold while no schedule says otherwise. */
public record Baseline(int minReplicas, int maxReplicas) {
  public Baseline {
    if (minReplicas < 0) {
      throw new InvalidScheduleException("minReplicas", "must be at least 0, was: " + minReplicas);
    }
    if (maxReplicas < Math.max(1, minReplicas)) {
      throw new InvalidScheduleException(
          "maxReplicas",
          "must be at least %d, was: %d".formatted(Math.max(1, minReplicas), maxReplicas));
    }
  }
}
