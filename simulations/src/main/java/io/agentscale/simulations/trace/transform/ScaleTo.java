// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.QuantileSketch;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;

/**
 * Traffic scaled so that a quantile of its rate is what is asked for: 150 requests/s at 0.999 makes
 * traces of any size comparable. Steps that are unknown do not count. Requests are first counted
 * per minute. Applying it reads the whole traffic once.
 *
 * @param quantile above 0, at most 1
 * @param requestsPerSecond above 0
 * @param seed of the draws which requests are copied or left out
 */
public record ScaleTo(double quantile, double requestsPerSecond, long seed) implements Transform {
  private static final Duration BIN = Duration.ofMinutes(1);

  public ScaleTo {
    if (!(quantile > 0 && quantile <= 1)) {
      throw new IllegalArgumentException(
          "quantile: must be above 0 and at most 1, was: " + quantile);
    }
    if (!(requestsPerSecond > 0 && Double.isFinite(requestsPerSecond))) {
      throw new IllegalArgumentException(
          "requestsPerSecond: must be above 0, was: " + requestsPerSecond);
    }
  }

  @Override
  public Traffic apply(Traffic traffic) {
    double now =
        switch (traffic) {
          case RateTraffic rates -> measured(rates);
          case RequestTraffic requests -> measured(requests.binned(BIN));
        };
    if (!(now > 0)) {
      throw new IllegalArgumentException(
          "the quantile %s of this traffic is 0 requests/s, which no factor makes %s"
              .formatted(quantile, requestsPerSecond));
    }
    return new Scale(requestsPerSecond / now, seed).apply(traffic);
  }

  private double measured(RateTraffic rates) {
    QuantileSketch sketch = new QuantileSketch();
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        if (cursor.isKnown()) {
          sketch.add(cursor.requestsPerSecond());
        }
      }
    }
    if (sketch.count() == 0) {
      throw new IllegalArgumentException("not one step of this traffic is known");
    }
    return sketch.quantile(quantile);
  }
}
