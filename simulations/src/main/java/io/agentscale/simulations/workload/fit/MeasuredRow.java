// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import java.util.OptionalDouble;

/**
 * One row of a load test of a pod.
 *
 * @param concurrency runs in the pod at once
 * @param successPercent of the runs; empty if not measured
 * @param meanMillis a run took
 * @param p99Millis 99 % took at most this; empty if not measured
 * @param requestsPerSecond reported; says nothing new in a closed loop, and is only compared
 */
public record MeasuredRow(
    int concurrency,
    OptionalDouble successPercent,
    double meanMillis,
    OptionalDouble p99Millis,
    OptionalDouble requestsPerSecond) {
  public MeasuredRow {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency: must be at least 1, was: " + concurrency);
    }
    if (!(meanMillis > 0 && Double.isFinite(meanMillis))) {
      throw new IllegalArgumentException("mean: must be above 0 ms, was: " + meanMillis);
    }
    if (successPercent.isPresent()
        && !(successPercent.getAsDouble() > 0 && successPercent.getAsDouble() <= 100)) {
      throw new IllegalArgumentException(
          "success: must be above 0 and at most 100 %, was: " + successPercent.getAsDouble());
    }
    if (p99Millis.isPresent() && !(p99Millis.getAsDouble() >= meanMillis)) {
      throw new IllegalArgumentException(
          "p99: must be at least the mean %s ms, was: %s"
              .formatted(meanMillis, p99Millis.getAsDouble()));
    }
  }
}
