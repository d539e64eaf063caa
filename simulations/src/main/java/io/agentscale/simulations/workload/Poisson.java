// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/**
 * Draws how many arrivals fall into a span, given how many are expected.
 *
 * <p>Up to 12 expected ones it adds probabilities until they pass the number drawn; above, it
 * rounds the normal quantile with the skewness put back (Cornish and Fisher, 1938): {@code m +
 * sqrt(m) z + (z^2 - 1) / 6}. What belongs to one expectation is kept, since it stays for a while.
 */
public final class Poisson {
  private static final double SMALL = 12;
  private static final int CELLS = 2048;
  private static final double[] NORMAL = new double[CELLS + 1];

  static {
    for (int i = 1; i < CELLS; i++) {
      NORMAL[i] = Normal.quantile((double) i / CELLS);
    }
  }

  private final RandomStream random;
  private double expected = -1;
  private double none;
  private double root;

  public Poisson(RandomStream random) {
    this.random = random;
  }

  /** Draws a count whose mean is {@code mean}. */
  public int next(double mean) {
    if (mean != expected) {
      expected = mean;
      none = Math.exp(-mean);
      root = Math.sqrt(mean);
    }
    if (mean <= 0) {
      return 0;
    }
    return mean < SMALL ? bySum() : byNormal();
  }

  private int bySum() {
    double left = random.nextDouble();
    double probability = none;
    int count = 0;
    // Beyond 200 nothing is left but rounding errors.
    while (left >= probability && count < 200) {
      left -= probability;
      count++;
      probability *= expected / count;
    }
    return count;
  }

  private int byNormal() {
    double z = normal();
    return (int) Math.max(0, Math.rint(expected + root * z + (z * z - 1) / 6));
  }

  private double normal() {
    double position = random.nextDouble() * CELLS;
    int cell = (int) position;
    if (cell < 8 || cell >= CELLS - 8) {
      return Normal.quantile(Math.max(position / CELLS, 0x1.0p-54));
    }
    return NORMAL[cell] + (position - cell) * (NORMAL[cell + 1] - NORMAL[cell]);
  }
}
