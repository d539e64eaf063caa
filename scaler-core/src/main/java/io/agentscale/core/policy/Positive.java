// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Duration;

/** Refuses settings that are not above zero, naming the setting, the rule and the value. */
final class Positive {
  private Positive() {}

  static void require(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be a finite number above 0, was: " + value);
    }
  }

  static void require(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": must be longer than 0, was: " + value);
    }
  }
}
