// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.Arrays;

/** The last residuals in order of size, for exact quantiles of a rolling window. */
final class Residuals {
  private final float[] ring;
  private final float[] sorted;
  private long added;

  Residuals(int capacity) {
    ring = new float[capacity];
    sorted = new float[capacity];
  }

  int size() {
    return (int) Math.min(added, ring.length);
  }

  void add(float residual) {
    int n = size();
    int slot = (int) (added % ring.length);
    if (n == ring.length) {
      n--;
      int oldest = Arrays.binarySearch(sorted, ring[slot]);
      System.arraycopy(sorted, oldest + 1, sorted, oldest, n - oldest);
    }
    int found = Arrays.binarySearch(sorted, 0, n, residual);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, n - at);
    sorted[at] = residual;
    ring[slot] = residual;
    added++;
  }

  /**
   * Returns the quantile at {@code p}, between neighbours linearly; at least one residual needed.
   */
  double quantile(double p) {
    double position = (size() - 1) * p;
    int below = (int) position;
    if (below + 1 >= size()) {
      return sorted[size() - 1];
    }
    return sorted[below] + (position - below) * ((double) sorted[below + 1] - sorted[below]);
  }

  void archive(Archive archive) {
    added = archive.of(added);
    archive.of(ring);
    archive.of(sorted);
  }
}
