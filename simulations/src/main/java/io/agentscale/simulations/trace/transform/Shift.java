// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.time.Instant;

/**
 * The same traffic at another time.
 *
 * @param by how much later; negative is earlier
 */
public record Shift(Duration by) implements Transform {
  @Override
  public Traffic apply(Traffic traffic) {
    return switch (traffic) {
      case RateTraffic rates -> rates(rates);
      case RequestTraffic requests -> requests(requests);
    };
  }

  private Traffic rates(RateTraffic source) {
    return new RateView(source) {
      @Override
      public Instant start() {
        return source.start().plus(by);
      }

      @Override
      public Instant end() {
        return source.end().plus(by);
      }

      @Override
      public RateCursor open() {
        long millis = by.toMillis();
        return new RateView.Cursor(source.open()) {
          @Override
          public long startMillis() {
            return super.startMillis() + millis;
          }
        };
      }
    };
  }

  private Traffic requests(RequestTraffic source) {
    return new RequestView(source) {
      @Override
      public Instant start() {
        return source.start().plus(by);
      }

      @Override
      public Instant end() {
        return source.end().plus(by);
      }

      @Override
      public RequestCursor open() {
        return source.open();
      }
    };
  }
}
