// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the autoscaler that owns the target last said of itself.
 *
 * @param kind {@code HorizontalPodAutoscaler} or {@code ScaledObject}
 * @param name of it
 * @param minReplicas its present minimum
 * @param maxReplicas its present maximum
 * @param currentReplicas what it saw
 * @param desiredReplicas what it wants
 * @param lastScaleTime when it last changed the count; empty if never
 * @param notes its conditions that are not as they should be, as "Type: message"
 */
public record AutoscalerView(
    String kind,
    String name,
    int minReplicas,
    int maxReplicas,
    int currentReplicas,
    int desiredReplicas,
    Optional<Instant> lastScaleTime,
    List<String> notes) {
  public AutoscalerView {
    notes = List.copyOf(notes);
  }
}
