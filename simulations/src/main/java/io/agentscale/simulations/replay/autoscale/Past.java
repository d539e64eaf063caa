// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import java.util.List;

/**
 * What there was before a replay begins in the middle of traffic.
 *
 * @param loads scraped, at negative seconds, oldest first
 * @param replicas asked for last
 */
public record Past(List<LoadSample> loads, int replicas) {
  public Past {
    loads = List.copyOf(loads);
  }
}
