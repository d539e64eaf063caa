// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.Traffic;

/** A change to traffic, applied while it is read. */
public sealed interface Transform
    permits Bin, Growth, Interpolate, Noise, Scale, ScaleTo, Shift, Stretch, Superpose, Window {
  /**
   * Returns the changed traffic.
   *
   * @throws IllegalArgumentException if this traffic cannot be changed so
   */
  Traffic apply(Traffic traffic);
}
