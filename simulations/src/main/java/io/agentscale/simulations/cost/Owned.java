// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

import io.agentscale.simulations.score.Score;

/**
 * Replicas one keeps oneself.
 *
 * @param type for people, such as "2C4G" or "A100"
 * @param perReplicaHour price
 * @param requestsPerSecond one replica carries within the objective
 */
public record Owned(String type, double perReplicaHour, double requestsPerSecond) {
  /** A month as clouds price it: 730 hours. */
  public static final double HOURS_PER_MONTH = 730;

  public Owned {
    if (!(perReplicaHour >= 0 && Double.isFinite(perReplicaHour))) {
      throw new IllegalArgumentException(
          "perReplicaHour: must be at least 0, was: " + perReplicaHour);
    }
    if (!(requestsPerSecond > 0 && Double.isFinite(requestsPerSecond))) {
      throw new IllegalArgumentException(
          "requestsPerSecond: must be above 0, was: " + requestsPerSecond);
    }
  }

  /** Returns a replica priced by the month. */
  public static Owned perMonth(String type, double perReplicaMonth, double requestsPerSecond) {
    return new Owned(type, perReplicaMonth / HOURS_PER_MONTH, requestsPerSecond);
  }

  /** Returns what the replicas of a replay cost. */
  public double money(Score score) {
    return score.replicas().replicaHours() * perReplicaHour;
  }
}
