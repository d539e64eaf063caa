// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;

/**
 * Demand, and the replicas that carry it.
 *
 * <p>Both are whole numbers (thousandths, replicas), so that no rounding error adds a replica, and
 * demand measured in another unit leads to the same count.
 *
 * @param demand in the metric's unit
 * @param replicas whole ones
 */
public record Capacity(Quantity demand, int replicas) {

  /** Returns the fewest replicas that carry a demand. */
  static Capacity forDemand(Quantity demand, Quantity perReplica) {
    long replicas = Math.ceilDiv(demand.milli(), perReplica.milli());
    return new Capacity(demand, Math.clamp(replicas, 0, Integer.MAX_VALUE));
  }

  /** Returns the most demand that replicas carry. */
  static Capacity ofReplicas(int replicas, Quantity perReplica) {
    return new Capacity(times(perReplica, replicas), replicas);
  }

  /**
   * Returns an amount in whole thousandths, rounded up: the last fraction has to be served too.
   * What only the binary form of the amount adds is no fraction.
   */
  public static Quantity roundedUp(double amount) {
    double milli = Math.max(0, amount) * 1000;
    double nearest = Math.rint(milli);
    boolean isWhole = Math.abs(milli - nearest) <= 2 * Math.ulp(milli);
    return Quantity.ofMilli((long) (isWhole ? nearest : Math.ceil(milli)));
  }

  /** Tells whether this asks for more: more replicas or, where those are as many, more demand. */
  boolean outranks(Capacity other) {
    return replicas == other.replicas
        ? demand.compareTo(other.demand) > 0
        : replicas > other.replicas;
  }

  /** Returns a multiple, saturating as quantities do. */
  static Quantity times(Quantity amount, long factor) {
    boolean overflows = factor != 0 && amount.milli() > Long.MAX_VALUE / factor;
    return overflows ? Quantity.MAX : Quantity.ofMilli(amount.milli() * factor);
  }

  static Quantity smaller(Quantity one, Quantity other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  static Quantity larger(Quantity one, Quantity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
