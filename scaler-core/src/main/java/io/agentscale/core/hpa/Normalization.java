// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * How a desired count was stabilized, then limited.
 *
 * @param desired the metrics' count, at least 0
 * @param stabilized after looking at past recommendations
 * @param stabilization which rule that was
 * @param result after the rate limit and the bounds
 * @param limit which of them it met
 */
public record Normalization(
    int desired, int stabilized, Stabilization stabilization, int result, Limit limit) {

  /** What past recommendations did to the desired count; reasons of the condition AbleToScale. */
  public enum Stabilization {
    READY_FOR_NEW_SCALE("ReadyForNewScale", "recommended size matches current size"),
    SCALE_DOWN_STABILIZED(
        "ScaleDownStabilized",
        "recent recommendations were higher than current one, applying the highest recent"
            + " recommendation"),
    SCALE_UP_STABILIZED(
        "ScaleUpStabilized",
        "recent recommendations were lower than current one, applying the lowest recent"
            + " recommendation");

    private final String reason;
    private final String message;

    Stabilization(String reason, String message) {
      this.reason = reason;
      this.message = message;
    }

    public String reason() {
      return reason;
    }

    public String message() {
      return message;
    }
  }

  /** What limited the stabilized count; reasons of the condition ScalingLimited. */
  public enum Limit {
    DESIRED_WITHIN_RANGE("DesiredWithinRange", "the desired count is within the acceptable range"),
    SCALE_UP_LIMIT(
        "ScaleUpLimit",
        "the desired replica count is increasing faster than the maximum scale rate"),
    SCALE_DOWN_LIMIT(
        "ScaleDownLimit",
        "the desired replica count is decreasing faster than the maximum scale rate"),
    TOO_MANY_REPLICAS(
        "TooManyReplicas", "the desired replica count is more than the maximum replica count"),
    TOO_FEW_REPLICAS(
        "TooFewReplicas", "the desired replica count is less than the minimum replica count");

    private final String reason;
    private final String message;

    Limit(String reason, String message) {
      this.reason = reason;
      this.message = message;
    }

    public String reason() {
      return reason;
    }

    public String message() {
      return message;
    }
  }

  boolean isLimited() {
    return result != stabilized;
  }
}
