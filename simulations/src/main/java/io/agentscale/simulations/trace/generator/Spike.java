// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Duration;

/**
 * A level with one plateau on it: {@code r(t) = peak if at <= t < at + hold, else base}.
 *
 * @param base requests per second otherwise
 * @param peak requests per second in the spike
 * @param at how long after the start it begins
 * @param hold how long it lasts
 */
public record Spike(double base, double peak, Duration at, Duration hold)
    implements Generator.Curve {
  public Spike {
    Requirement.rate("base", base);
    Requirement.rate("peak", peak);
    Requirement.positive("at", at);
    Requirement.positive("hold", hold);
  }

  @Override
  public double at(double seconds) {
    double begin = Requirement.seconds(at);
    return seconds >= begin && seconds < begin + Requirement.seconds(hold) ? peak : base;
  }
}
