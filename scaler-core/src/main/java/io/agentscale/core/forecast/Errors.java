// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * Means of error sizes, in two bytes each: a {@code float} without its sign and the last half of
 * its digits, which errs by at most 1/512 of itself.
 */
final class Errors {
  private static final int DROPPED_BITS = 15;

  private final short[] codes;

  Errors(int length) {
    codes = new short[length];
  }

  double get(int i) {
    return Float.intBitsToFloat((codes[i] & 0xffff) << DROPPED_BITS);
  }

  /** Keeps an error, which is not negative. */
  void set(int i, double error) {
    int half = 1 << (DROPPED_BITS - 1);
    codes[i] = (short) ((Float.floatToRawIntBits((float) error) + half) >> DROPPED_BITS);
  }

  void archive(Archive archive) {
    archive.of(codes);
  }
}
