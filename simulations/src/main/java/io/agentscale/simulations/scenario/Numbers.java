// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.util.Locale;

/** How numbers are shown to people. */
final class Numbers {
  private Numbers() {}

  /** Returns a number as short as it is exact. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
