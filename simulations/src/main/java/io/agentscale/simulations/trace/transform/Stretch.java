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
 * The same requests over so many times the time: 2 is half as fast, 0.5 twice as fast.
 *
 * @param factor above 0; of a series it must make the step a whole number of milliseconds
 */
public record Stretch(double factor) implements Transform {
  public Stretch {
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("factor: must be above 0, was: " + factor);
    }
  }

  @Override
  public Traffic apply(Traffic traffic) {
    return switch (traffic) {
      case RateTraffic rates -> rates(rates);
      case RequestTraffic requests -> requests(requests);
    };
  }

  private Instant stretched(Traffic traffic) {
    double micros = Duration.between(traffic.start(), traffic.end()).toNanos() / 1e3 * factor;
    return traffic.start().plusNanos((long) Math.ceil(micros) * 1000);
  }

  private Traffic rates(RateTraffic source) {
    double millis = source.step().toMillis() * factor;
    long step = Math.round(millis);
    if (step < 1 || Math.abs(step - millis) > 1e-6 * millis) {
      throw new IllegalArgumentException(
          "factor: must make steps of %s whole milliseconds, was: %s"
              .formatted(source.step(), factor));
    }
    return new RateView(source) {
      @Override
      public Duration step() {
        return Duration.ofMillis(step);
      }

      @Override
      public Instant end() {
        return start().plusMillis(source.steps() * step);
      }

      @Override
      public RateCursor open() {
        long first = start().toEpochMilli();
        return new RateView.Cursor(source.open()) {
          private long index = -1;

          @Override
          public boolean next() {
            boolean hasNext = super.next();
            index += hasNext ? 1 : 0;
            return hasNext;
          }

          @Override
          public long startMillis() {
            return first + index * step;
          }

          @Override
          public double requestsPerSecond() {
            return super.requestsPerSecond() / factor;
          }
        };
      }
    };
  }

  private Traffic requests(RequestTraffic source) {
    return new RequestView(source) {
      @Override
      public Instant end() {
        return stretched(source);
      }

      @Override
      public RequestCursor open() {
        return new RequestView.Cursor(source.open()) {
          @Override
          public long arrivalMicros() {
            return (long) (super.arrivalMicros() * factor);
          }
        };
      }
    };
  }
}
