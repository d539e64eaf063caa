// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.tune.Candidate;

/**
 * A policy replayed by both engines on the training days.
 *
 * @param candidate which
 * @param searched what it was worth by the fluid engine
 * @param worth what it was worth by the verifying engine
 */
public record Finalist(Candidate candidate, Worth searched, Worth worth)
    implements PickRule.Priced {

  /** Returns by how many points of percent more are late by the verifying engine. */
  public double lateDifference() {
    return worth.latePercent() - searched.latePercent();
  }

  /** Returns by how many percent it costs more by the verifying engine. */
  public double costDifferencePercent() {
    return 100 * (worth.costRatio() / searched.costRatio() - 1);
  }
}
