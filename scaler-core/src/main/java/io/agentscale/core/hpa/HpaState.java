// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * All that one reconciliation leaves to the next: the controller's memory and the stored status.
 *
 * @param recommendations empty until the first reconciliation after a start
 * @param scaleUps changes upwards
 * @param scaleDowns changes downwards
 * @param status as stored with the HPA, which survives a restart
 */
public record HpaState(
    RecommendationHistory recommendations,
    ScaleEventHistory scaleUps,
    ScaleEventHistory scaleDowns,
    HpaStatus status) {
  /** The state of an HPA nobody has looked at yet. */
  public static final HpaState INITIAL = afterRestart(HpaStatus.INITIAL);

  /** Returns the state in which a controller that has just started finds an HPA. */
  public static HpaState afterRestart(HpaStatus stored) {
    return new HpaState(
        RecommendationHistory.NONE, ScaleEventHistory.NONE, ScaleEventHistory.NONE, stored);
  }
}
