// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.util.SplittableRandom;

/** Draws from the distributions a synthetic load is made of. */
final class Draw {
  private Draw() {}

  static Duration exponential(SplittableRandom random, Duration mean) {
    return scaled(mean, -Math.log1p(-random.nextDouble()));
  }

  /**
   * Draws from a lognormal distribution.
   *
   * @param sigma the standard deviation of the logarithm
   */
  static Duration lognormal(SplittableRandom random, Duration median, double sigma) {
    return scaled(median, Math.exp(sigma * random.nextGaussian()));
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
