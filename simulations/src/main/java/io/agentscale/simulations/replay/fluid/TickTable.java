// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.FlowTable;

/**
 * What a tick does to a pod, by the runs in it with those that have just come.
 *
 * <p>Of {@code y} runs, {@code x} are left where {@code x + tick x rate(x) = y}: the implicit Euler
 * step, right both for runs much longer than a tick and for runs much shorter. It is tabulated in
 * sixteenths of a run, up to the most runs a pod may have after a tick.
 */
final class TickTable {
  private static final int PER_RUN = 16;
  private static final int UNCAPPED = 512;

  private final FlowTable flow;
  private final double tick;
  private final double mostLeft;
  private final double mostIn;
  private final double[] left;
  private final double[] busy;
  private final double[] failing;
  private final double[] noise;

  TickTable(FlowTable flow, double tick) {
    this.flow = flow;
    this.tick = tick;
    mostLeft = flow.model().cap().orElse(UNCAPPED);
    mostIn = before(mostLeft);
    left = new double[(int) Math.ceil(mostIn * PER_RUN) + 2];
    busy = new double[left.length];
    failing = new double[left.length];
    noise = new double[left.length];
    double variation = variation(flow.model().work());
    double from = 0;
    for (int i = 0; i < left.length; i++) {
      from = after((double) i / PER_RUN, from);
      left[i] = from;
      busy[i] = flow.busyCores(from) * tick;
      failing[i] = flow.failingShare(from);
      noise[i] = noise(busy[i] / tick / flow.model().cores(), variation);
    }
  }

  /**
   * Returns how much more the runs swing than arrivals alone make them. Runs that do not hinder
   * each other end at random, which doubles the variance of arrivals; a busy processor ends them as
   * evenly as their work varies (Kingman, 1961).
   */
  private static double noise(double utilization, double variation) {
    return Math.sqrt(2 - utilization + utilization * variation) - 1;
  }

  /** Returns the variance over the squared mean. */
  private static double variation(Distribution work) {
    double squares = 0;
    for (int i = 0; i < 1000; i++) {
      double seconds = work.quantileSeconds((i + 0.5) / 1000);
      squares += seconds * seconds / 1000;
    }
    double mean = work.meanSeconds();
    return mean > 0 ? Math.clamp(squares / (mean * mean) - 1, 0, 1) : 1;
  }

  /** Returns the most runs a pod may have, infinity where there is no limit. */
  double cap() {
    return flow.model().cap().isPresent() ? mostLeft : Double.POSITIVE_INFINITY;
  }

  /** Returns the most runs a pod takes in a tick, so that it has no more than its cap after it. */
  double most() {
    return flow.model().cap().isPresent() ? mostIn : Double.POSITIVE_INFINITY;
  }

  private double before(double runs) {
    return runs + tick * flow.runsPerSecond(runs);
  }

  /** Solves for the runs left, knowing that they are no fewer than {@code least}. */
  private double after(double runs, double least) {
    double low = least;
    double high = Math.max(runs, least);
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (before(middle) <= runs) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double left(double runs) {
    double position = runs * PER_RUN;
    int cell = (int) position;
    if (cell >= left.length - 1) {
      return after(runs, left[left.length - 1]);
    }
    return left[cell] + (position - cell) * (left[cell + 1] - left[cell]);
  }

  /** Returns the core-seconds used in the tick by a pod with {@code runs} before it. */
  double busy(double runs) {
    return busy[Math.min((int) (runs * PER_RUN), busy.length - 1)];
  }

  /** Returns the share that fails of the runs that end in the tick. */
  double failing(double runs) {
    return failing[Math.min((int) (runs * PER_RUN), failing.length - 1)];
  }

  /** Returns what a surprise in arrivals is to be multiplied with, on top of itself. */
  double noise(double runs) {
    return noise[Math.min((int) (runs * PER_RUN), noise.length - 1)];
  }
}
