// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.policy.Lead;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The baselines that policies are shown beside.
 *
 * @param bounds of all but the static peak
 * @param peakQuantile the quantile of the traffic's rate that the static peak is sized for
 * @param cpuPercents an HPA on CPU for each
 * @param runsPerPod an HPA on runs in flight for each
 * @param forecast of the forecast alone
 * @param reference the baseline that policies are compared with; empty for the first HPA on runs in
 *     flight
 */
public record BaselineSettings(
    ReplicaBounds bounds,
    double peakQuantile,
    List<Integer> cpuPercents,
    List<Integer> runsPerPod,
    ForecastAlone forecast,
    Optional<String> reference) {

  /**
   * A forecast that sets replicas by itself.
   *
   * @param signal what is forecast
   * @param perReplica what of it a replica carries
   * @param use which quantile
   * @param step of the forecaster's buckets
   * @param lead how far ahead
   */
  public record ForecastAlone(
      Signal signal, Quantity perReplica, ForecastUse use, Duration step, Lead lead) {}

  public BaselineSettings {
    cpuPercents = List.copyOf(cpuPercents);
    runsPerPod = List.copyOf(runsPerPod);
  }
}
