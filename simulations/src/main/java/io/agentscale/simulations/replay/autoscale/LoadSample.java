// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.simulations.replay.cluster.Misses;
import io.agentscale.simulations.replay.cluster.Misses.Kind;

/**
 * The load as of one scrape. Unknown numbers are NaN, and no autoscaler gets to see them; of pods
 * that the scrape missed it sees nothing either.
 *
 * @param atSeconds when, since the start
 * @param readyPods that serve
 * @param runs in ready pods
 * @param waiting outside pods
 * @param busyCoresPerPod mean over the rate window
 * @param requestsPerSecond mean over the rate window
 * @param tokensPerMinute mean over the rate window
 * @param latencyP99Seconds of runs that ended in the rate window; NaN if none did
 * @param misses the pods it has no sample of
 */
public record LoadSample(
    double atSeconds,
    int readyPods,
    double runs,
    double waiting,
    double busyCoresPerPod,
    double requestsPerSecond,
    double tokensPerMinute,
    double latencyP99Seconds,
    Misses misses) {

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
        latencyP99Seconds,
        misses);
  }

  /**
   * Returns what a signal says, NaN if that is not known. What pods tell is the sum over those that
   * have a sample, as a query gives it; runs waiting outside are not theirs to tell.
   */
  double of(Signal signal) {
    return switch (signal) {
      case RUNS -> sampled(runs, Kind.GAUGE);
      case WAITING -> waiting;
      case DEMAND -> sampled(runs, Kind.GAUGE) + waiting;
      case REQUESTS_PER_SECOND -> sampled(requestsPerSecond, Kind.RATE);
      case TOKENS_PER_MINUTE -> sampled(tokensPerMinute, Kind.RATE);
      case LATENCY_P99_SECONDS -> isBlind(Kind.RATE) ? Double.NaN : latencyP99Seconds;
      case SERVED_DEMAND -> Double.NaN;
    };
  }

  /** Returns what each ready pod has of a signal, NaN if that is not known. */
  double perPod(Signal signal) {
    double all =
        switch (signal) {
          case RUNS -> runs;
          case WAITING -> waiting;
          case DEMAND -> runs + waiting;
          case REQUESTS_PER_SECOND -> requestsPerSecond;
          case TOKENS_PER_MINUTE -> tokensPerMinute;
          case LATENCY_P99_SECONDS -> latencyP99Seconds;
          case SERVED_DEMAND -> Double.NaN;
        };
    return readyPods == 0 ? Double.NaN : all / readyPods;
  }

  private double sampled(double all, Kind kind) {
    int missed = misses.of(kind).size();
    if (missed == 0) {
      return all;
    }
    return isBlind(kind) ? Double.NaN : all * (readyPods - missed) / readyPods;
  }

  /** Tells whether there are pods and a sample of none of them. */
  private boolean isBlind(Kind kind) {
    return readyPods > 0 && misses.of(kind).size() == readyPods;
  }
}
