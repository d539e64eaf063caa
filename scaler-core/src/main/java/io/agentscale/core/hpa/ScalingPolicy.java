// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * A limit to the change within a period.
 *
 * @param type what the value counts
 * @param value pods, or percent of the replicas at the period's start
 * @param periodSeconds the length of the period that ends now
 */
public record ScalingPolicy(Type type, int value, int periodSeconds) {

  /** What a policy's value counts. */
  public enum Type {
    PODS("Pods"),
    PERCENT("Percent");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
