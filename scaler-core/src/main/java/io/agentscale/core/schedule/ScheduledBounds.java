// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import io.agentscale.core.metric.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * What all schedules together ask for at one instant.
 *
 * @param floor the fewest replicas; at least the baseline's, unless a ceiling or exact is lower
 * @param ceiling the most replicas, never below the floor
 * @param exact whether an exact schedule set both
 * @param demand the least demand, if a schedule asks for any
 * @param influences what each schedule in or near a window contributes, in the order of the plan
 * @param conflicts what could not be had together, and what was kept
 */
public record ScheduledBounds(
    int floor,
    int ceiling,
    boolean exact,
    Optional<Quantity> demand,
    List<Influence> influences,
    List<Conflict> conflicts) {
  public ScheduledBounds {
    influences = List.copyOf(influences);
    conflicts = List.copyOf(conflicts);
  }
}
