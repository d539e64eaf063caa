// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/**
 * Draws from a distribution by a table of its quantiles, exactly in the outermost hundredths, where
 * straight lines between the table's entries would cut the tail off.
 */
public final class Sampler {
  private static final int CELLS = 1024;
  private static final int EXACT_CELLS = 10;

  private final Distribution distribution;
  private final double[] quantiles = new double[CELLS + 1];

  public Sampler(Distribution distribution) {
    this.distribution = distribution;
    for (int i = EXACT_CELLS; i <= CELLS - EXACT_CELLS; i++) {
      quantiles[i] = distribution.quantileSeconds((double) i / CELLS);
    }
  }

  public double next(RandomStream random) {
    double position = random.nextDouble() * CELLS;
    int cell = (int) position;
    if (cell < EXACT_CELLS || cell >= CELLS - EXACT_CELLS) {
      return distribution.quantileSeconds(Math.max(position / CELLS, 0x1.0p-54));
    }
    double low = quantiles[cell];
    return low + (position - cell) * (quantiles[cell + 1] - low);
  }
}
