// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.Traffic;

/**
 * So many times the traffic.
 *
 * @param factor above 0
 * @param seed of the draws which requests are copied or left out
 */
public record Scale(double factor, long seed) implements Transform {
  public Scale {
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("factor: must be above 0, was: " + factor);
    }
  }

  @Override
  public Traffic apply(Traffic traffic) {
    return ((Factor) seconds -> factor).multiply(traffic, seed);
  }
}
