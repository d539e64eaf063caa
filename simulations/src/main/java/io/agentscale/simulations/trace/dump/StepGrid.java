// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.StepCursor;

/**
 * Rates of several series added up per step.
 *
 * <p>A series is a rate that holds from one sample to the next. What it adds to a step is that rate
 * by the part of the step it covers; a step is known if the series together cover at least half of
 * it, measured in 64ths, and its rate is then the mean over the part they cover.
 */
final class StepGrid {
  private final long firstMillis;
  private final long stepMillis;
  private final double[] requests;
  private final long[] covered;

  StepGrid(long firstMillis, long stepMillis, int steps) {
    this.firstMillis = firstMillis;
    this.stepMillis = stepMillis;
    this.requests = new double[steps];
    this.covered = new long[steps];
  }

  /** Adds a rate that held over a time; what lies beyond the grid is left out. */
  void add(long fromMillis, long toMillis, double requestsPerSecond) {
    int first = (int) Math.max(0, (fromMillis - firstMillis) / stepMillis);
    long last = Math.min(requests.length - 1L, (toMillis - 1 - firstMillis) / stepMillis);
    for (int i = first; i <= last; i++) {
      long begin = firstMillis + i * stepMillis;
      long part = Math.min(toMillis, begin + stepMillis) - Math.max(fromMillis, begin);
      requests[i] += requestsPerSecond * part / 1000;
      covered[i] |= slots(Math.max(fromMillis, begin) - begin, part);
    }
  }

  /** Returns a bit for every 64th of a step that a part of it touches. */
  private long slots(long offset, long length) {
    int from = (int) (offset * Long.SIZE / stepMillis);
    int to = (int) ((offset + length - 1) * Long.SIZE / stepMillis);
    return (-1L >>> (Long.SIZE - 1 - (to - from))) << from;
  }

  RateCursor open() {
    return new Cursor(this);
  }

  private static final class Cursor extends StepCursor {
    private final StepGrid grid;

    Cursor(StepGrid grid) {
      super(grid.firstMillis, grid.stepMillis);
      this.grid = grid;
    }

    @Override
    public boolean next() {
      int step = (int) moved();
      if (step >= grid.requests.length) {
        return false;
      }
      double covered = (double) Long.bitCount(grid.covered[step]) / Long.SIZE;
      return covered < 0.5
          ? unknown()
          : known(grid.requests[step] / (covered * grid.stepMillis / 1000));
    }
  }
}
