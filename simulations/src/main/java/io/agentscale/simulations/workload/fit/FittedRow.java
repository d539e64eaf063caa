// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

/**
 * What a fitted model says about a measured row.
 *
 * @param measured the row
 * @param meanMillis by the model, exact
 * @param p99Millis by the model, from a simulated load test
 * @param successPercent by the model
 * @param requestsPerSecond by the model
 */
public record FittedRow(
    MeasuredRow measured,
    double meanMillis,
    double p99Millis,
    double successPercent,
    double requestsPerSecond) {

  /** Returns by how many percent the mean is off. */
  public double meanErrorPercent() {
    return 100 * (meanMillis / measured.meanMillis() - 1);
  }

  /** Returns by how many percent the 99th percentile is off; 0 where it was not measured. */
  public double p99ErrorPercent() {
    return measured.p99Millis().isPresent()
        ? 100 * (p99Millis / measured.p99Millis().getAsDouble() - 1)
        : 0;
  }
}
