// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.ScalingRules.SelectPolicy;
import java.time.Instant;

/**
 * How far a behavior lets the replicas go now.
 *
 * @param scaleUps changes upwards so far; events of both directions count in both limits
 * @param scaleDowns changes downwards so far
 * @param current replicas
 * @param now the time of the decision
 */
record RateLimits(
    ScaleEventHistory scaleUps, ScaleEventHistory scaleDowns, int current, Instant now) {

  /** Returns the highest count the rules allow, which may be below the current one. */
  int up(ScalingRules rules) {
    if (rules.selectPolicy() == SelectPolicy.DISABLED) {
      return current;
    }
    boolean smallest = rules.selectPolicy() == SelectPolicy.MIN;
    int limit = smallest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    for (ScalingPolicy policy : rules.policies()) {
      int start = start(policy);
      int proposed =
          switch (policy.type()) {
            case PODS -> start + policy.value();
            // Rounded up, or a small target could never grow. The expression must stay as it is.
            case PERCENT ->
                GoNumbers.toInt32(Math.ceil((double) start * (1 + (double) policy.value() / 100)));
          };
      limit = smallest ? Math.min(limit, proposed) : Math.max(limit, proposed);
    }
    return limit;
  }

  /** Returns the lowest count the rules allow, which may be above the current one. */
  int down(ScalingRules rules) {
    if (rules.selectPolicy() == SelectPolicy.DISABLED) {
      return current;
    }
    boolean smallest = rules.selectPolicy() == SelectPolicy.MIN;
    int limit = smallest ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    for (ScalingPolicy policy : rules.policies()) {
      int start = start(policy);
      int proposed =
          switch (policy.type()) {
            case PODS -> start - policy.value();
            case PERCENT -> GoNumbers.toInt32((double) start * (1 - (double) policy.value() / 100));
          };
      limit = smallest ? Math.max(limit, proposed) : Math.min(limit, proposed);
    }
    return limit;
  }

  private int start(ScalingPolicy policy) {
    Instant periodStart = now.minusSeconds(policy.periodSeconds());
    return current - scaleUps.changeAfter(periodStart) + scaleDowns.changeAfter(periodStart);
  }
}
