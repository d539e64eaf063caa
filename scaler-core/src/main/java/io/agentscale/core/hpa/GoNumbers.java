// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** Conversions from double to integer as Go makes them on amd64, where they leave the range. */
final class GoNumbers {
  private static final double TWO_TO_63 = 0x1p63;

  private GoNumbers() {}

  /** Returns the value cut to 64 bits; beyond them, and for NaN, the smallest number. */
  static long toInt64(double value) {
    // Also false for NaN.
    return value >= -TWO_TO_63 && value < TWO_TO_63 ? (long) value : Long.MIN_VALUE;
  }

  /** Returns the low half of the 64-bit conversion, so large results wrap. */
  static int toInt32(double value) {
    return (int) toInt64(value);
  }

  /** Returns the value cut to 32 bits and stopping at their ends; 0 for NaN. */
  static int toCappedInt32(double value) {
    return (int) value;
  }
}
