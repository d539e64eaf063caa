// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * A pod as seen from outside, by the runs in it: how fast runs end, how busy it is, how long a run
 * takes and how likely it fails. The flow-equivalent server of queueing theory (Chandy, Herzog and
 * Woo, 1975).
 *
 * <p>Means are exact; the spread of the times is measured by a simulated load test at each number
 * of runs, from a fixed seed.
 */
public final class FlowTable {
  /** Without a cap, runs beyond this are as at this, slowed by the crowding. */
  private static final int UNCAPPED = 64;

  private static final int MEASURED_RUNS = 20_000;
  private static final int LEVELS = 200;

  private final PodModel model;
  private final double[] perSecond;
  private final double[] busyCores;
  private final double[] meanSeconds;
  private final List<double[]> quantiles = new ArrayList<>();

  public FlowTable(PodModel model) {
    this.model = model;
    int last = model.cap().orElse(UNCAPPED);
    perSecond = new double[last + 1];
    busyCores = new double[last + 1];
    meanSeconds = new double[last + 1];
    var loop = new ClosedLoop(model);
    for (int runs = 1; runs <= last; runs++) {
      ClosedPod closed = ClosedPod.of(model, runs);
      perSecond[runs] = closed.runsPerSecond();
      busyCores[runs] = closed.utilization() * model.cores();
      meanSeconds[runs] = closed.meanSeconds();
      quantiles.add(levels(loop.seconds(runs, MEASURED_RUNS, runs)));
    }
    meanSeconds[0] = meanSeconds[1];
  }

  private static double[] levels(double[] ascending) {
    double[] levels = new double[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      levels[i] = ascending[(int) ((i + 0.5) / LEVELS * ascending.length)];
    }
    return levels;
  }

  public PodModel model() {
    return model;
  }

  /** Returns the most runs the table knows: the cap, or 64 where there is none. */
  public int last() {
    return perSecond.length - 1;
  }

  /** Returns how many runs end a second, by straight lines between whole numbers of runs. */
  public double runsPerSecond(double runs) {
    return between(perSecond, runs) * beyond(runs);
  }

  public double busyCores(double runs) {
    return between(busyCores, runs);
  }

  /** Returns how long a run takes on average while that many are in the pod. */
  public double meanSeconds(double runs) {
    int last = last();
    return runs > last ? runs / runsPerSecond(runs) : between(meanSeconds, runs);
  }

  /** Returns the share of runs that fail of those that end while that many are in the pod. */
  public double failingShare(double runs) {
    return -Math.expm1(-model.hazard().perSecond(runs) * meanSeconds(runs));
  }

  /** Returns the share of runs that take longer, when they enter as one of {@code runs}. */
  public double shareAbove(double seconds, double runs) {
    int last = last();
    double stretch = runs > last ? meanSeconds(runs) / meanSeconds[last] : 1;
    double[] levels = quantiles.get((int) Math.clamp(Math.rint(runs), 1, last) - 1);
    double limit = seconds / stretch;
    if (limit < levels[0]) {
      return 1;
    }
    int low = 0;
    int high = LEVELS;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (levels[middle] <= limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 1 - (low + 1.0) / LEVELS;
  }

  /** Returns typical times of a run among {@code runs}, each as likely, ascending. */
  public double[] typicalSeconds(double runs) {
    int last = last();
    double stretch = runs > last ? meanSeconds(runs) / meanSeconds[last] : 1;
    double[] levels = quantiles.get((int) Math.clamp(Math.rint(runs), 1, last) - 1).clone();
    for (int i = 0; i < levels.length; i++) {
      levels[i] *= stretch;
    }
    return levels;
  }

  /** Returns the whole number of runs at which most runs end a second. */
  public int peak() {
    int peak = 1;
    for (int runs = 2; runs <= last(); runs++) {
      peak = perSecond[runs] > perSecond[peak] ? runs : peak;
    }
    return peak;
  }

  private double beyond(double runs) {
    int last = last();
    return runs > last ? model.crowding().factor(last) / (1 + extra(runs)) : 1;
  }

  private double extra(double runs) {
    return model.crowding().perRun() * Math.max(0, runs - model.crowding().knee());
  }

  private double between(double[] values, double runs) {
    int last = last();
    if (runs >= last) {
      return values[last];
    }
    int below = (int) runs;
    double low = values[below];
    return low + (runs - below) * (values[below + 1] - low);
  }
}
