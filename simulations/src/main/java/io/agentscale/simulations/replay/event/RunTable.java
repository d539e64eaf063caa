// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import java.util.Arrays;

/** The runs in the system, as columns of primitive arrays; rows are used again. */
final class RunTable {
  double[] arrivedAt = new double[256];
  double[] delay = new double[256];
  double[] work = new double[256];
  double[] tokens = new double[256];
  double[] hazard = new double[256];
  int[] pod = new int[256];
  int[] epoch = new int[256];
  private boolean[] alive = new boolean[256];
  private int[] free = new int[256];
  private int freeCount;
  private int used;

  /** Returns a row for a new run. */
  int begin() {
    int run;
    if (freeCount > 0) {
      run = free[--freeCount];
    } else {
      if (used == alive.length) {
        grow();
      }
      run = used++;
    }
    alive[run] = true;
    return run;
  }

  void end(int run) {
    alive[run] = false;
    free[freeCount++] = run;
  }

  /** Returns how many runs are here that arrived before a time. */
  long countArrivedBefore(double time) {
    long count = 0;
    for (int run = 0; run < used; run++) {
      count += alive[run] && arrivedAt[run] < time ? 1 : 0;
    }
    return count;
  }

  private void grow() {
    int length = 2 * used;
    arrivedAt = Arrays.copyOf(arrivedAt, length);
    delay = Arrays.copyOf(delay, length);
    work = Arrays.copyOf(work, length);
    tokens = Arrays.copyOf(tokens, length);
    hazard = Arrays.copyOf(hazard, length);
    pod = Arrays.copyOf(pod, length);
    epoch = Arrays.copyOf(epoch, length);
    alive = Arrays.copyOf(alive, length);
    free = Arrays.copyOf(free, length);
  }
}
