// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.replay.TimelineRow;
import java.util.List;

/**
 * What one traffic on one cluster came to under one policy.
 *
 * @param name of the policy or baseline
 * @param baseline whether it is a baseline
 * @param scores what it is judged by
 * @param timeline each decision with its reason; empty unless it was asked for
 */
public record PolicyResult(
    String name, boolean baseline, PolicyScores scores, List<TimelineRow> timeline) {
  public PolicyResult {
    timeline = List.copyOf(timeline);
  }
}
