// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Duration;

/** What the numbers of a generator must be. */
final class Requirement {
  private Requirement() {}

  static void rate(String field, double requestsPerSecond) {
    if (!(requestsPerSecond >= 0 && Double.isFinite(requestsPerSecond))) {
      throw new IllegalArgumentException(
          field + ": must be requests per second from 0 up, was: " + requestsPerSecond);
    }
  }

  static void notBelow(String field, double value, String otherField, double other) {
    if (value < other) {
      throw new IllegalArgumentException(
          "%s: must not be below %s %s, was: %s".formatted(field, otherField, other, value));
    }
  }

  static void positive(String field, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(field + ": must be longer than zero, was: " + duration);
    }
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
