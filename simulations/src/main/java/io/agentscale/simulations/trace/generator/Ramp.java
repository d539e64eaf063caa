// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Duration;

/**
 * A straight line, then flat: {@code r(t) = from + (to - from) min(1, t / over)}.
 *
 * @param from requests per second at the start
 * @param to requests per second at the end of the ramp
 * @param over how long the ramp is
 */
public record Ramp(double from, double to, Duration over) implements Generator.Curve {
  public Ramp {
    Requirement.rate("from", from);
    Requirement.rate("to", to);
    Requirement.positive("over", over);
  }

  @Override
  public double at(double seconds) {
    return from + (to - from) * Math.min(1, seconds / Requirement.seconds(over));
  }
}
