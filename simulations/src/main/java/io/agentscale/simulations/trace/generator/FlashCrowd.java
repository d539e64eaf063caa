// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Duration;

/**
 * A crowd that comes fast and goes slowly: {@code r = base} until {@code at}, then a straight line
 * to {@code peak} during {@code rise}, then {@code base + (peak - base) 2^(-s / halfLife)}, s being
 * the time since the peak.
 *
 * @param base requests per second without the crowd
 * @param peak requests per second at its height
 * @param at how long after the start it begins to come
 * @param rise how long it takes to come
 * @param halfLife after which half of it has gone
 */
public record FlashCrowd(double base, double peak, Duration at, Duration rise, Duration halfLife)
    implements Generator.Curve {
  public FlashCrowd {
    Requirement.rate("base", base);
    Requirement.rate("peak", peak);
    Requirement.notBelow("peak", peak, "base", base);
    Requirement.positive("at", at);
    Requirement.positive("rise", rise);
    Requirement.positive("halfLife", halfLife);
  }

  @Override
  public double at(double seconds) {
    double since = seconds - Requirement.seconds(at);
    double up = Requirement.seconds(rise);
    if (since < 0) {
      return base;
    }
    double share =
        since < up ? since / up : Math.pow(2, (up - since) / Requirement.seconds(halfLife));
    return base + (peak - base) * share;
  }
}
