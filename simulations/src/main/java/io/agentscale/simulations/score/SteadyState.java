// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import io.agentscale.simulations.workload.FlowTable;

/** Replicas under a steady rate: how many runs are late in the long run. */
final class SteadyState {
  private static final int BISECTIONS = 24;

  private final int replicas;
  private final double[] endingPerSecond;
  private final double[] lateShare;

  SteadyState(FlowTable flow, Slo slo, int replicas) {
    this.replicas = replicas;
    // Beyond the peak more runs end fewer, and nothing is steady any more.
    int full = Math.min(flow.last(), flow.peak()) * replicas;
    int states = full + 20 * replicas + 20;
    endingPerSecond = new double[states];
    lateShare = new double[states];
    for (int runs = 0; runs < states; runs++) {
      double each = (double) Math.min(runs, full) / replicas;
      endingPerSecond[runs] = replicas * flow.runsPerSecond(each);
      lateShare[runs] = lateShare(flow, slo, runs, full);
    }
  }

  /** Returns the share of those who find {@code runs} before them that is late. */
  private double lateShare(FlowTable flow, Slo slo, int runs, int full) {
    double each = (double) Math.min(runs + 1, full) / replicas;
    return switch (slo) {
      case Slo.Crowded crowded -> runs >= full || each > crowded.runsPerPod() ? 1 : 0;
      case Slo.Latency latency -> {
        double waits = runs < full ? 0 : (runs - full + 1) / endingPerSecond[full];
        yield flow.shareAbove(seconds(latency) - waits, each);
      }
    };
  }

  static double seconds(Slo.Latency latency) {
    return latency.within().toNanos() / 1e9;
  }

  /** Returns the highest rate of which at most the tolerated share is late. */
  double highestRate() {
    double low = 0;
    double high = 0;
    for (double ending : endingPerSecond) {
      high = Math.max(high, ending);
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (lateShareAt(middle) <= MinimalReplicas.TOLERATED_LATE_SHARE) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the share late at a rate; arrivals at random see the long-run states. */
  double lateShareAt(double rate) {
    double weight = 1;
    double total = 1;
    double late = lateShare[0];
    for (int runs = 1; runs < endingPerSecond.length; runs++) {
      weight *= rate / endingPerSecond[runs];
      total += weight;
      late += weight * lateShare[runs];
      if (total > 1e200) {
        weight *= 1e-200;
        total *= 1e-200;
        late *= 1e-200;
      }
    }
    return late / total;
  }
}
