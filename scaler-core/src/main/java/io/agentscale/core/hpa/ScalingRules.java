// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The rules of one direction of scaling.
 *
 * <p>API defaulting is field by field: start from the direction's default and replace each field
 * the user gave.
 *
 * @param stabilizationWindowSeconds how long recommendations must agree; absent is only for scaling
 *     down and means the controller's own setting, in whole seconds
 * @param selectPolicy which policy wins
 * @param policies each limits the change within a period
 * @param tolerance of this direction, since 1.33; absent means the controller's own
 */
public record ScalingRules(
    OptionalInt stabilizationWindowSeconds,
    SelectPolicy selectPolicy,
    List<ScalingPolicy> policies,
    OptionalDouble tolerance) {
  public static final ScalingRules SCALE_UP_DEFAULT =
      new ScalingRules(
          OptionalInt.of(0),
          SelectPolicy.MAX,
          List.of(
              new ScalingPolicy(ScalingPolicy.Type.PODS, 4, 15),
              new ScalingPolicy(ScalingPolicy.Type.PERCENT, 100, 15)),
          OptionalDouble.empty());
  public static final ScalingRules SCALE_DOWN_DEFAULT =
      new ScalingRules(
          OptionalInt.empty(),
          SelectPolicy.MAX,
          List.of(new ScalingPolicy(ScalingPolicy.Type.PERCENT, 100, 15)),
          OptionalDouble.empty());

  public ScalingRules {
    policies = List.copyOf(policies);
  }

  /** Which of several policies wins. */
  public enum SelectPolicy {
    /** The one that allows the largest change. */
    MAX("Max"),
    /** The one that allows the smallest change. */
    MIN("Min"),
    /** No change in this direction. */
    DISABLED("Disabled"),
    /** A word the API server would refuse; the controller takes it for {@link #MAX}. */
    UNKNOWN("");

    private final String text;

    SelectPolicy(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public ScalingRules withStabilizationWindowSeconds(int seconds) {
    return new ScalingRules(OptionalInt.of(seconds), selectPolicy, policies, tolerance);
  }

  public ScalingRules withSelectPolicy(SelectPolicy other) {
    return new ScalingRules(stabilizationWindowSeconds, other, policies, tolerance);
  }

  public ScalingRules withPolicies(List<ScalingPolicy> others) {
    return new ScalingRules(stabilizationWindowSeconds, selectPolicy, others, tolerance);
  }

  public ScalingRules withTolerance(double other) {
    return new ScalingRules(
        stabilizationWindowSeconds, selectPolicy, policies, OptionalDouble.of(other));
  }

  /** Returns the longest period of any policy, whatever the selection says. */
  int longestPeriodSeconds() {
    int longest = 0;
    for (ScalingPolicy policy : policies) {
      longest = Math.max(longest, policy.periodSeconds());
    }
    return longest;
  }
}
