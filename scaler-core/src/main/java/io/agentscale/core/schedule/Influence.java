// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

/**
 * What one schedule asks for at one instant.
 *
 * @param schedule its name
 * @param bound what it sets
 * @param motion whether it is on its way
 * @param value replicas, or thousandths of demand; on a ramp, as far as it has come
 */
public record Influence(String schedule, Bound bound, Motion motion, long value) {

  /** What a schedule sets. */
  public enum Bound {
    FLOOR,
    CEILING,
    EXACT,
    DEMAND
  }

  /** Where a schedule is between what holds without it and its target. */
  public enum Motion {
    /** On the ramp to the target. */
    APPROACHING,
    /** At the target. */
    HELD,
    /** On the ramp back. */
    LEAVING
  }
}
