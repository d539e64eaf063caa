// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

/**
 * Always the same: {@code r(t) = rate}.
 *
 * @param rate requests per second
 */
public record Constant(double rate) implements Generator.Curve {
  public Constant {
    Requirement.rate("rate", rate);
  }

  @Override
  public double at(double seconds) {
    return rate;
  }
}
