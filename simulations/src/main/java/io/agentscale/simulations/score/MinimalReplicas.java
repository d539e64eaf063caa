// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import io.agentscale.simulations.workload.FlowTable;

/** The fewest ready replicas that meet the objective at a steady rate. */
public final class MinimalReplicas {
  /** An objective is met if at most this share of the runs is late. */
  public static final double TOLERATED_LATE_SHARE = 0.01;

  private static final int MOST = 100_000;

  private final double[] ratePerReplica;
  private final int[] counts;

  private MinimalReplicas(int[] counts, double[] ratePerReplica) {
    this.counts = counts;
    this.ratePerReplica = ratePerReplica;
  }

  /** Returns what {@code ceil(rate / perReplica)} says, at least 1. */
  public static MinimalReplicas atRate(double requestsPerSecondPerReplica) {
    if (!(requestsPerSecondPerReplica > 0)) {
      throw new IllegalArgumentException(
          "requestsPerSecondPerReplica: must be above 0, was: " + requestsPerSecondPerReplica);
    }
    return new MinimalReplicas(new int[] {1}, new double[] {requestsPerSecondPerReplica});
  }

  /**
   * Computes them from the pod model: with {@code c} replicas, arrivals at random and the replicas'
   * runs ending at the flow table's rate, the number of runs is a birth-death process; the highest
   * rate is kept at which at most 1 % of those who arrive are late. Larger counts pool better, so
   * rates per replica rise; between the counts computed, straight lines.
   *
   * @throws IllegalArgumentException if no rate meets the objective
   */
  public static MinimalReplicas of(FlowTable flow, Slo slo) {
    int[] counts = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
    double[] rates = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      rates[i] = new SteadyState(flow, slo, counts[i]).highestRate() / counts[i];
    }
    if (rates[rates.length - 1] <= 0) {
      throw new IllegalArgumentException(
          "slo: must be within reach of an idle pod, whose runs take %.2f s on average, was: %s"
              .formatted(flow.meanSeconds(1), slo));
    }
    return new MinimalReplicas(counts, rates);
  }

  /** Returns the highest rate each of {@code replicas} carries, in requests a second. */
  public double ratePerReplica(int replicas) {
    int last = counts.length - 1;
    if (replicas >= counts[last]) {
      return ratePerReplica[last];
    }
    int above = 0;
    while (counts[above] < replicas) {
      above++;
    }
    if (above == 0 || counts[above] == replicas) {
      return ratePerReplica[above];
    }
    double way = (double) (replicas - counts[above - 1]) / (counts[above] - counts[above - 1]);
    return ratePerReplica[above - 1] + way * (ratePerReplica[above] - ratePerReplica[above - 1]);
  }

  /** Returns the fewest replicas for a rate, at least 1. */
  public int forRate(double requestsPerSecond) {
    int last = counts.length - 1;
    int low = (int) Math.min(Math.ceil(requestsPerSecond / ratePerReplica[last]), MOST);
    int replicas = Math.max(1, low);
    while (replicas < counts[last] && replicas * ratePerReplica(replicas) < requestsPerSecond) {
      replicas++;
    }
    return replicas;
  }
}
