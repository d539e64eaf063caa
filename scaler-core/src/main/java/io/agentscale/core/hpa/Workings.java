// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a metric's proposal was computed.
 *
 * @param ratio of usage to target
 * @param assumedRatio the same after missing and unready pods were put in, where they were
 * @param multiplier what the ratio was multiplied by, or 0 where the result is not a product
 * @param rule which rule gave the result
 * @param pods how they were counted, where they were looked at
 */
public record Workings(
    double ratio,
    OptionalDouble assumedRatio,
    long multiplier,
    Rule rule,
    Optional<PodCounts> pods) {

  /** The rule that gave a proposal. */
  public enum Rule {
    RATIO_TIMES_PODS("ratio times the pods counted, rounded up"),
    RATIO_FROM_ZERO("there are no replicas, so the ratio itself, rounded up"),
    USAGE_BY_TARGET("usage divided by the target, rounded up"),
    WITHIN_TOLERANCE("the ratio is within the tolerance, so nothing changes"),
    DIRECTION_REVERSED(
        "with missing and unready pods put in the ratio points the other way, so nothing changes"),
    RESULT_REVERSED("the result would go against the ratio's direction, so nothing changes");

    private final String text;

    Rule(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * How pods were counted.
   *
   * @param ready counted with their sample
   * @param unready too young or not ready, so their sample is not used
   * @param missing without a sample
   * @param ignored deleted or failed
   * @param unlisted samples of pods the selector does not list, which count all the same
   */
  public record PodCounts(long ready, long unready, long missing, long ignored, long unlisted) {}
}
