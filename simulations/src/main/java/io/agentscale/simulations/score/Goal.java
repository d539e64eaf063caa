// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import io.agentscale.simulations.workload.FlowTable;

/**
 * What replays of a workload are measured by; make it once for many replays.
 *
 * @param slo what makes a run late
 * @param minimal the fewest replicas that meet it, the measure of cost and elasticity
 */
public record Goal(Slo slo, MinimalReplicas minimal) {

  /** Returns the goal whose minimal schedule follows from the pod model. */
  public static Goal of(FlowTable flow, Slo slo) {
    return new Goal(slo, MinimalReplicas.of(flow, slo));
  }
}
