// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;

/**
 * Traffic that grows as time goes by: what if next month there is 1.5 times as much?
 *
 * <p>At a time t since the start it is multiplied by {@code factor ^ ((t + ahead) / over)} if
 * growth is compound, by {@code 1 + (factor - 1) (t + ahead) / over} if it is linear.
 *
 * @param factor by how much over the duration; above 0
 * @param over how long it takes
 * @param ahead how much later than recorded the traffic is thought to be
 * @param shape compound or linear
 * @param seed of the draws which requests are copied or left out
 */
public record Growth(double factor, Duration over, Duration ahead, Shape shape, long seed)
    implements Transform {
  /** How growth goes on. */
  public enum Shape {
    COMPOUND,
    LINEAR
  }

  public Growth {
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("factor: must be above 0, was: " + factor);
    }
    if (!over.isPositive()) {
      throw new IllegalArgumentException("over: must be longer than zero, was: " + over);
    }
    if (ahead.isNegative()) {
      throw new IllegalArgumentException("ahead: must not be negative, was: " + ahead);
    }
  }

  @Override
  public Traffic apply(Traffic traffic) {
    double overSeconds = over.toMillis() / 1e3;
    double aheadSeconds = ahead.toMillis() / 1e3;
    Factor grown =
        switch (shape) {
          case COMPOUND -> t -> Math.pow(factor, (t + aheadSeconds) / overSeconds);
          case LINEAR -> t -> Math.max(0, 1 + (factor - 1) * (t + aheadSeconds) / overSeconds);
        };
    return grown.multiply(traffic, seed);
  }
}
