// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import java.util.Arrays;

/**
 * Which pod is done with a run next: a tournament, whose winner is known at once and found again in
 * as many comparisons as the number of pods has binary digits.
 */
final class PodOrder {
  private double[] times = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
  private int[] winners = {0, 0, 0, 1};
  private int leaves = 2;

  int first() {
    return winners[1];
  }

  double firstTime() {
    return times[winners[1]];
  }

  void set(int pod, double time) {
    if (pod >= leaves) {
      grow(pod + 1);
    }
    times[pod] = time;
    for (int node = (pod + leaves) >> 1; node > 0; node >>= 1) {
      int left = winners[2 * node];
      int right = winners[2 * node + 1];
      winners[node] = times[right] < times[left] ? right : left;
    }
  }

  private void grow(int pods) {
    int old = leaves;
    while (leaves < pods) {
      leaves *= 2;
    }
    times = Arrays.copyOf(times, leaves);
    Arrays.fill(times, old, leaves, Double.POSITIVE_INFINITY);
    winners = new int[2 * leaves];
    for (int pod = 0; pod < leaves; pod++) {
      winners[leaves + pod] = pod;
    }
    for (int node = leaves - 1; node > 0; node--) {
      int left = winners[2 * node];
      int right = winners[2 * node + 1];
      winners[node] = times[right] < times[left] ? right : left;
    }
  }
}
