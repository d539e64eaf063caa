// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;

/**
 * Spare capacity above what the live demand needs.
 *
 * <p>It is added to the live demand only: a forecast's spare is its quantile, and a schedule says
 * what it means.
 */
public sealed interface Headroom {
  /** No spare capacity. */
  Headroom NONE = new Absolute(Quantity.ZERO);

  /** Returns the demand with the headroom on top. */
  Quantity above(Quantity demand);

  /**
   * A fixed demand more.
   *
   * @param demand in the metric's unit, not negative
   */
  record Absolute(Quantity demand) implements Headroom {
    public Absolute {
      if (demand.milli() < 0) {
        throw new IllegalArgumentException("headroom: must not be negative, was: " + demand);
      }
    }

    @Override
    public Quantity above(Quantity live) {
      long sum = live.milli() + demand.milli();
      return sum < 0 ? Quantity.MAX : Quantity.ofMilli(sum);
    }

    @Override
    public String toString() {
      return demand.toString();
    }
  }

  /**
   * A share of the demand more.
   *
   * @param percent from 0 to 1000
   */
  record Percent(int percent) implements Headroom {
    public Percent {
      if (percent < 0 || percent > 1000) {
        throw new IllegalArgumentException("headroom: must be from 0 to 1000 %, was: " + percent);
      }
    }

    @Override
    public Quantity above(Quantity live) {
      Quantity scaled = Capacity.times(live, 100L + percent);
      return scaled.equals(Quantity.MAX)
          ? Quantity.MAX
          : Quantity.ofMilli(Math.ceilDiv(scaled.milli(), 100));
    }

    @Override
    public String toString() {
      return percent + "%";
    }
  }
}
