// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Traffic written down in a test, and traffic read into lists. */
public final class TestTraffic {
  public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private TestTraffic() {}

  /** A series from {@link #START}; NaN is unknown. */
  public static RateTraffic rates(Duration step, double... values) {
    return rates(START, step, values);
  }

  /** A series; NaN is unknown. */
  public static RateTraffic rates(Instant start, Duration step, double... values) {
    return new RateTraffic() {
      @Override
      public Instant start() {
        return start;
      }

      @Override
      public Instant end() {
        return start.plus(step.multipliedBy(values.length));
      }

      @Override
      public Duration step() {
        return step;
      }

      @Override
      public RateCursor open() {
        return new StepCursor(start.toEpochMilli(), step.toMillis()) {
          @Override
          public boolean next() {
            int index = (int) moved();
            if (index >= values.length) {
              return false;
            }
            return Double.isNaN(values[index]) ? unknown() : known(values[index]);
          }
        };
      }
    };
  }

  /** Requests from {@link #START}, each with the tokens 10 and its own index. */
  public static RequestTraffic requests(long... micros) {
    return requests(START, micros);
  }

  /** Requests, each with the tokens 10 and its own index. */
  public static RequestTraffic requests(Instant start, long... micros) {
    return new RequestTraffic() {
      @Override
      public Instant start() {
        return start;
      }

      @Override
      public Instant end() {
        return start.plusNanos(1000 * (micros[micros.length - 1] + 1));
      }

      @Override
      public RequestCursor open() {
        return new RequestCursor() {
          private int index = -1;

          @Override
          public boolean next() {
            index++;
            return index < micros.length;
          }

          @Override
          public long arrivalMicros() {
            return micros[index];
          }

          @Override
          public long inputTokens() {
            return 10;
          }

          @Override
          public long outputTokens() {
            return index;
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  /** The rates of a series, NaN where they are unknown; checks that steps follow each other. */
  public static List<Double> ratesOf(Traffic traffic) {
    RateTraffic rates = (RateTraffic) traffic;
    List<Double> values = new ArrayList<>();
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        long expected = rates.start().toEpochMilli() + values.size() * rates.step().toMillis();
        if (cursor.startMillis() != expected) {
          throw new AssertionError("step " + values.size() + " begins at " + cursor.startMillis());
        }
        values.add(cursor.isKnown() ? cursor.requestsPerSecond() : Double.NaN);
      }
    }
    return values;
  }

  /** The arrivals of requests, in microseconds since the start. */
  public static List<Long> arrivals(Traffic traffic) {
    List<Long> arrivals = new ArrayList<>();
    try (RequestCursor cursor = ((RequestTraffic) traffic).open()) {
      while (cursor.next()) {
        arrivals.add(cursor.arrivalMicros());
      }
    }
    return arrivals;
  }

  /** How many requests a series of known steps stands for. */
  public static double count(Traffic traffic) {
    double seconds = ((RateTraffic) traffic).step().toMillis() / 1e3;
    return ratesOf(traffic).stream().mapToDouble(rate -> rate * seconds).sum();
  }
}
