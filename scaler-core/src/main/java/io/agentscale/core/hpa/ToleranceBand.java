// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The usage ratios at which nothing happens.
 *
 * <p>The two forms differ in the last bit: with 0.1 the ratio 1.1 is outside by the older form, as
 * |1.0 - 1.1| = 0.10000000000000009, and inside by the interval. The expressions must therefore
 * stay as they are.
 *
 * @param interval whether to test as an interval with an end a direction
 * @param down how far below 1, and the tolerance of the older form
 * @param up how far above 1
 */
record ToleranceBand(boolean interval, double down, double up) {

  static ToleranceBand of(HpaSettings settings, Optional<Behavior> behavior) {
    double common = settings.tolerance();
    if (!settings.dialect().hasToleranceInterval()) {
      return new ToleranceBand(false, common, common);
    }
    return new ToleranceBand(
        true,
        own(behavior.map(Behavior::scaleDown), common),
        own(behavior.map(Behavior::scaleUp), common));
  }

  private static double own(Optional<ScalingRules> rules, double common) {
    return rules.map(ScalingRules::tolerance).orElse(OptionalDouble.empty()).orElse(common);
  }

  boolean contains(double ratio) {
    return interval ? (1.0 - down) <= ratio && ratio <= (1.0 + up) : Math.abs(1.0 - ratio) <= down;
  }
}
