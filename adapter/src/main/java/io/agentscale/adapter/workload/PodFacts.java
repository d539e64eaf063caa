// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import java.time.Duration;
import java.util.List;

/**
 * What a workload's pods tell together; those that are terminating do not count.
 *
 * @param count of them
 * @param ready of them
 * @param unplaced those that no node can take
 * @param overdue how many were not Ready within the longest start that counts as one
 */
public record PodFacts(int count, int ready, List<Unplaced> unplaced, int overdue) {
  public PodFacts {
    unplaced = List.copyOf(unplaced);
  }

  /**
   * A pod that no node can take.
   *
   * @param pod its name
   * @param waited for how long
   * @param message the scheduler's
   */
  public record Unplaced(String pod, Duration waited, String message) {}
}
