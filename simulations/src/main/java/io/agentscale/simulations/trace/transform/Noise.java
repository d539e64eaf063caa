// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.util.SplittableRandom;

/**
 * A rate that is multiplied, each step on its own, by {@code exp(sigma z - sigma^2 / 2)}, z being
 * standard normal: lognormal with the mean one, so that the number of requests stays what it was.
 *
 * @param sigma from 0 up; about the relative standard deviation while it is small
 * @param seed of the draws
 */
public record Noise(double sigma, long seed) implements Transform {
  public Noise {
    if (!(sigma >= 0 && sigma <= 5)) {
      throw new IllegalArgumentException("sigma: must be from 0 to 5, was: " + sigma);
    }
  }

  @Override
  public Traffic apply(Traffic traffic) {
    return switch (traffic) {
      case RateTraffic rates -> noisy(rates);
      case RequestTraffic _ ->
          throw new IllegalArgumentException(
              "noise: must be applied to rates; these are requests, bin them first");
    };
  }

  private Traffic noisy(RateTraffic source) {
    return new RateView(source) {
      @Override
      public RateCursor open() {
        SplittableRandom random = new SplittableRandom(seed);
        return new RateView.Cursor(source.open()) {
          private double factor;

          @Override
          public boolean next() {
            factor = Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
            return super.next();
          }

          @Override
          public double requestsPerSecond() {
            return super.requestsPerSecond() * factor;
          }
        };
      }
    };
  }
}
