// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.Arrays;

/**
 * A simulated load test: a pod with always the same number of runs, each followed by the next at
 * once. Gives what {@link ClosedPod} cannot, the distribution of the times.
 */
public final class ClosedLoop {
  private final PodModel model;
  private final Sampler delays;
  private final Sampler works;

  public ClosedLoop(PodModel model) {
    this.model = model;
    delays = new Sampler(model.delay());
    works = new Sampler(model.work());
  }

  /**
   * Returns how long runs took, in seconds, ascending.
   *
   * @param runs in the pod at once
   * @param count of runs to measure, after a tenth as many to warm up
   */
  public double[] seconds(int runs, int count, long seed) {
    var random = new RandomStream(seed, 0);
    var station = new PodStation(model);
    var delayed = new TimeHeap(runs);
    double[] begun = new double[runs];
    for (int run = 0; run < runs; run++) {
      station.enter(0);
      delayed.add(delays.next(random), run);
    }
    double[] took = new double[count];
    int ended = -count / 10;
    while (ended < count) {
      double computes = delayed.firstTime();
      if (computes <= station.next()) {
        station.compute(computes, delayed.removeFirst(), works.next(random));
        continue;
      }
      double now = station.next();
      int run = station.complete();
      if (ended >= 0) {
        took[ended] = now - begun[run];
      }
      ended++;
      begun[run] = now;
      station.enter(now);
      delayed.add(now + delays.next(random), run);
    }
    Arrays.sort(took);
    return took;
  }
}
