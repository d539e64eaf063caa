// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

/**
 * The fewest and the most replicas allowed.
 *
 * @param min at least this many; 0 allows scaling to zero
 * @param max at most this many
 */
public record ReplicaBounds(int min, int max) {
  public ReplicaBounds {
    if (min < 0) {
      throw new IllegalArgumentException("min: must not be negative, was: " + min);
    }
    if (max < Math.max(1, min)) {
      throw new IllegalArgumentException(
          "max: must be at least 1 and at least min " + min + ", was: " + max);
    }
  }

  /** Returns the nearest allowed count. */
  public int clamp(long replicas) {
    return Math.clamp(replicas, min, max);
  }

  /** Returns the fewest whole replicas that carry the amount; no bound applies. */
  static long replicasFor(double amount, double perReplica) {
    return (long) Math.ceil(amount / perReplica);
  }
}
