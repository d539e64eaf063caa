// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import io.agentscale.simulations.score.LatencyMeter;
import io.agentscale.simulations.score.Score.Latency;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.FlowTable;
import java.util.Arrays;

/**
 * How many runs entered pods that were how full, and after waiting how long; latencies are worked
 * out from it once, at the end.
 */
final class Occupancy {
  private static final int PER_RUN = 4;
  private static final int MOST_RUNS = 256;
  private static final int FULL_BINS = PER_RUN * MOST_RUNS + 1;
  // Waits: none, then 16 for each doubling from a 64th of a second, to a day and more.
  private static final int PER_DOUBLING = 16;
  private static final int WAIT_BINS = 24 * PER_DOUBLING;
  private static final double SHORTEST = 1.0 / 64;

  private final FlowTable flow;
  private final double[] direct = new double[FULL_BINS];
  private double[][] waited = new double[WAIT_BINS][];

  Occupancy(FlowTable flow) {
    this.flow = flow;
  }

  void clear() {
    Arrays.fill(direct, 0);
    waited = new double[WAIT_BINS][];
  }

  /** Adds runs that enter pods with {@code runs} each at once. */
  void add(double runs, double amount) {
    direct[Math.min((int) (runs * PER_RUN + 0.5), FULL_BINS - 1)] += amount;
  }

  /** Adds runs that have waited outside. */
  void addWaited(double seconds, double runs, double amount) {
    if (seconds < SHORTEST) {
      add(runs, amount);
      return;
    }
    int bin = (int) (Math.log(seconds / SHORTEST) / Math.log(2) * PER_DOUBLING);
    int wait = Math.clamp(bin, 0, WAIT_BINS - 1);
    if (waited[wait] == null) {
      waited[wait] = new double[FULL_BINS];
    }
    waited[wait][Math.min((int) (runs * PER_RUN + 0.5), FULL_BINS - 1)] += amount;
  }

  private static double seconds(int wait) {
    return SHORTEST * Math.pow(2, (wait + 0.5) / PER_DOUBLING);
  }

  /** Returns how many of those added take longer than an objective. */
  double late(Slo.Latency slo) {
    double within = slo.within().toNanos() / 1e9;
    double late = late(direct, within);
    for (int wait = 0; wait < WAIT_BINS; wait++) {
      late += waited[wait] == null ? 0 : late(waited[wait], within - seconds(wait));
    }
    return late;
  }

  private double late(double[] amounts, double within) {
    double late = 0;
    for (int bin = 0; bin < FULL_BINS; bin++) {
      if (amounts[bin] > 0) {
        late += amounts[bin] * lateShare(within, (double) bin / PER_RUN);
      }
    }
    return late;
  }

  /** Between two whole numbers of runs, some of either. */
  private double lateShare(double within, double runs) {
    double below = Math.floor(runs);
    double share = runs - below;
    double low = flow.shareAbove(within, below);
    return share == 0 ? low : low + share * (flow.shareAbove(within, below + 1) - low);
  }

  Latency summary(double latePercent) {
    var meter = new LatencyMeter();
    add(meter, direct, 0);
    for (int wait = 0; wait < WAIT_BINS; wait++) {
      if (waited[wait] != null) {
        add(meter, waited[wait], seconds(wait));
      }
    }
    return meter.summary(latePercent);
  }

  private void add(LatencyMeter meter, double[] amounts, double wait) {
    for (int bin = 0; bin < FULL_BINS; bin++) {
      if (amounts[bin] > 0) {
        double runs = (double) bin / PER_RUN;
        double share = runs - Math.floor(runs);
        addTypical(meter, Math.floor(runs), amounts[bin] * (1 - share), wait);
        addTypical(meter, Math.floor(runs) + 1, amounts[bin] * share, wait);
      }
    }
  }

  private void addTypical(LatencyMeter meter, double runs, double amount, double wait) {
    if (amount <= 0) {
      return;
    }
    double[] typical = flow.typicalSeconds(runs);
    // Counts are whole: a thousandth of a run is the unit, so that small amounts count.
    long each = Math.max(1, Math.round(amount * 1000 / typical.length));
    for (double seconds : typical) {
      meter.add(seconds + wait, each);
    }
  }
}
