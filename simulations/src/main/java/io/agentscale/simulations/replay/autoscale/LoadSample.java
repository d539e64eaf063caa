// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

/**
 * What one scrape found of the load. Unknown numbers are NaN, and no autoscaler gets to see them.
 *
 * @param atSeconds when, since the start
 * @param readyPods that were measured
 * @param runs in ready pods
 * @param waiting outside pods
 * @param busyCoresPerPod mean over the rate window
 * @param requestsPerSecond mean over the rate window
 * @param tokensPerMinute mean over the rate window
 * @param latencyP99Seconds of runs that ended in the rate window; NaN if none did
 */
public record LoadSample(
    double atSeconds,
    int readyPods,
    double runs,
    double waiting,
    double busyCoresPerPod,
    double requestsPerSecond,
    double tokensPerMinute,
    double latencyP99Seconds) {

  /** Returns the same found at another time. */
  LoadSample at(double seconds) {
    return new LoadSample(
        seconds,
        readyPods,
        runs,
        waiting,
        busyCoresPerPod,
        requestsPerSecond,
        tokensPerMinute,
        latencyP99Seconds);
  }

  /** Returns the runs in pods and waiting. */
  public double demand() {
    return runs + waiting;
  }

  /** Returns what a signal says, NaN if that is not known. */
  double of(Signal signal) {
    return switch (signal) {
      case RUNS -> runs;
      case WAITING -> waiting;
      case DEMAND -> demand();
      case REQUESTS_PER_SECOND -> requestsPerSecond;
      case TOKENS_PER_MINUTE -> tokensPerMinute;
      case LATENCY_P99_SECONDS -> latencyP99Seconds;
      case SERVED_DEMAND -> Double.NaN;
    };
  }
}
