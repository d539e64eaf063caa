// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/**
 * A pod with always the same number of runs in it, each followed by the next at once, as load tests
 * measure it; exact means, whatever the shapes of the distributions.
 *
 * <p>With {@code n} runs, mean delay {@code Z} and mean work {@code D} (crowding included), the
 * chance that {@code j} of them compute is proportional to {@code Z^(n-j) / (n-j)! x prod(i=1..j) D
 * / min(i, cores)}: a product form network of a delay and a processor-sharing station (Baskett,
 * Chandy, Muntz and Palacios, 1975).
 *
 * @param runs in the pod
 * @param runsPerSecond that end
 * @param meanSeconds a run takes
 * @param utilization of the cores, from 0 to 1
 */
public record ClosedPod(int runs, double runsPerSecond, double meanSeconds, double utilization) {
  private static final double LARGE = 1e200;

  /** Returns the exact figures of {@code runs} runs, at least 1. */
  public static ClosedPod of(PodModel model, int runs) {
    double delay = model.delay().meanSeconds();
    double work = model.work().meanSeconds() * model.crowding().factor(runs);
    double busy =
        delay > 0 ? busyCores(model.cores(), delay, work, runs) : allComputing(model, runs);
    double perSecond = work > 0 ? busy / work : runs / delay;
    return new ClosedPod(runs, perSecond, runs / perSecond, Math.min(1, busy / model.cores()));
  }

  private static double allComputing(PodModel model, int runs) {
    return Math.min(runs, model.cores());
  }

  private static double busyCores(double cores, double delay, double work, int runs) {
    double weight = 1;
    double total = 1;
    double busy = 0;
    for (int computing = 1; computing <= runs; computing++) {
      double served = Math.min(computing, cores);
      weight *= (runs - computing + 1) / delay * work / served;
      total += weight;
      busy += weight * served;
      if (weight > LARGE) {
        weight /= LARGE;
        total /= LARGE;
        busy /= LARGE;
      }
    }
    return busy / total;
  }
}
