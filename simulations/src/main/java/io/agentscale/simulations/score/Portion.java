// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

/**
 * A part of a replay, scored by itself.
 *
 * @param runs that arrived in it
 * @param late runs that were found to miss the objective in it
 * @param replicaHours from pods' creation to their end
 * @param minimalHours of the schedule of the fewest replicas that meet the objective
 */
public record Portion(double runs, double late, double replicaHours, double minimalHours) {

  /** Returns this and another part as one. */
  public Portion and(Portion other) {
    return new Portion(
        runs + other.runs,
        late + other.late,
        replicaHours + other.replicaHours,
        minimalHours + other.minimalHours);
  }

  /** Returns what came after an earlier time, of which everything so far is known. */
  public Portion since(Portion earlier) {
    return new Portion(
        runs - earlier.runs,
        late - earlier.late,
        replicaHours - earlier.replicaHours,
        minimalHours - earlier.minimalHours);
  }

  /** Returns the share of runs that were late; 0 where there were none. */
  public double lateShare() {
    return runs > 0 ? late / runs : 0;
  }
}
