// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The status of an HPA.
 *
 * @param currentReplicas the count the last reconciliation found
 * @param desiredReplicas the count it left
 * @param lastScaleTime when the HPA last changed the count
 * @param metrics one a metric of the spec; empty where none was read
 * @param conditions in the order of first use
 */
public record HpaStatus(
    int currentReplicas,
    int desiredReplicas,
    Optional<Instant> lastScaleTime,
    List<MetricStatus> metrics,
    List<Condition> conditions) {
  static final HpaStatus INITIAL = new HpaStatus(0, 0, Optional.empty(), List.of(), List.of());

  public HpaStatus {
    metrics = List.copyOf(metrics);
    conditions = List.copyOf(conditions);
  }
}
