// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.util.SplittableRandom;

/**
 * How much more traffic there is at a time.
 *
 * <p>A rate is multiplied. Of a request there are as many copies, at the same instant, as the
 * factor's whole part says, and one more with the probability of its fraction.
 */
@FunctionalInterface
interface Factor {
  /** Returns the factor at a time since the traffic's start. */
  double at(double seconds);

  /**
   * Returns the traffic multiplied.
   *
   * @param seed of the draws for requests
   */
  default Traffic multiply(Traffic traffic, long seed) {
    return switch (traffic) {
      case RateTraffic rates -> new Rates(rates, this);
      case RequestTraffic requests -> new Requests(requests, this, seed);
    };
  }

  /** A series multiplied, by the factor at the middle of each step. */
  final class Rates extends RateView {
    private final RateTraffic source;
    private final Factor factor;

    private Rates(RateTraffic source, Factor factor) {
      super(source);
      this.source = source;
      this.factor = factor;
    }

    @Override
    public RateCursor open() {
      double middle = start().toEpochMilli() - step().toMillis() / 2.0;
      return new RateView.Cursor(source.open()) {
        @Override
        public double requestsPerSecond() {
          return super.requestsPerSecond() * factor.at((startMillis() - middle) / 1000);
        }
      };
    }
  }

  /** Requests copied and left out. */
  final class Requests extends RequestView {
    private final RequestTraffic source;
    private final Factor factor;
    private final long seed;

    private Requests(RequestTraffic source, Factor factor, long seed) {
      super(source);
      this.source = source;
      this.factor = factor;
      this.seed = seed;
    }

    @Override
    public RequestCursor open() {
      SplittableRandom random = new SplittableRandom(seed);
      return new RequestView.Cursor(source.open()) {
        private long copies;

        @Override
        public boolean next() {
          copies--;
          while (copies <= 0) {
            if (!super.next()) {
              return false;
            }
            double now = factor.at(arrivalMicros() / 1e6);
            long whole = (long) now;
            copies = whole + (random.nextDouble() < now - whole ? 1 : 0);
          }
          return true;
        }
      };
    }
  }
}
