// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.Arrays;

/**
 * The last residuals in order of size, for the quantiles of a rolling window.
 *
 * <p>Each is rounded to half precision, at most 1/2048 of itself, and kept as a number that is in
 * the same order.
 */
final class Residuals {
  private final short[] ring;
  private final short[] sorted;
  private long added;

  Residuals(int capacity) {
    ring = new short[capacity];
    sorted = new short[capacity];
  }

  int size() {
    return (int) Math.min(added, ring.length);
  }

  void add(float residual) {
    short code = ordered(Float.floatToFloat16(residual));
    int n = size();
    int slot = (int) (added % ring.length);
    if (n == ring.length) {
      n--;
      int oldest = Arrays.binarySearch(sorted, ring[slot]);
      System.arraycopy(sorted, oldest + 1, sorted, oldest, n - oldest);
    }
    int found = Arrays.binarySearch(sorted, 0, n, code);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, n - at);
    sorted[at] = code;
    ring[slot] = code;
    added++;
  }

  /**
   * Turns the bits of a half-precision number into a short that is in the same order, and back:
   * those of a negative one descend.
   */
  private static short ordered(short bits) {
    return (short) (bits ^ ((bits >> 15) & 0x7fff));
  }

  private double sorted(int i) {
    return Float.float16ToFloat(ordered(sorted[i]));
  }

  /**
   * Returns the quantile at {@code p}, between neighbours linearly; at least one residual needed.
   */
  double quantile(double p) {
    double position = (size() - 1) * p;
    int below = (int) position;
    if (below + 1 >= size()) {
      return sorted(size() - 1);
    }
    return sorted(below) + (position - below) * (sorted(below + 1) - sorted(below));
  }

  void archive(Archive archive) {
    added = archive.of(added);
    archive.of(ring);
    archive.of(sorted);
  }
}
