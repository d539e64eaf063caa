// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * How fast an HPA may move, one set of rules a direction.
 *
 * @param scaleUp with its defaults filled in
 * @param scaleDown with its defaults filled in
 */
public record Behavior(ScalingRules scaleUp, ScalingRules scaleDown) {
  /** What {@code behavior: {}} means. */
  public static final Behavior DEFAULT =
      new Behavior(ScalingRules.SCALE_UP_DEFAULT, ScalingRules.SCALE_DOWN_DEFAULT);
}
