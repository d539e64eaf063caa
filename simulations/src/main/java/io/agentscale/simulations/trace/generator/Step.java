// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Duration;

/**
 * One level and then another: {@code r(t) = before if t < at, else after}.
 *
 * @param before requests per second until then
 * @param after requests per second from then on
 * @param at how long after the start
 */
public record Step(double before, double after, Duration at) implements Generator.Curve {
  public Step {
    Requirement.rate("before", before);
    Requirement.rate("after", after);
    Requirement.positive("at", at);
  }

  @Override
  public double at(double seconds) {
    return seconds < Requirement.seconds(at) ? before : after;
  }
}
