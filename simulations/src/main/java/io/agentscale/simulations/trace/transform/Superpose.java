// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Other traffic on top. Where one is rates and the other requests, the requests are counted over
 * the steps of the rates.
 *
 * @param other what is added, at its own time
 */
public record Superpose(Traffic other) implements Transform {
  @Override
  public Traffic apply(Traffic traffic) {
    return switch (traffic) {
      case RateTraffic rates -> new SummedRates(rates, rates(other, rates));
      case RequestTraffic requests ->
          switch (other) {
            case RateTraffic rates -> new SummedRates(requests.binned(rates.step()), rates);
            case RequestTraffic more -> new Merged(requests, more);
          };
    };
  }

  private static RateTraffic rates(Traffic traffic, RateTraffic like) {
    return switch (traffic) {
      case RateTraffic rates -> rates;
      case RequestTraffic requests -> requests.binned(like.step());
    };
  }

  private record Merged(RequestTraffic first, RequestTraffic second) implements RequestTraffic {
    @Override
    public Instant start() {
      return first.start().isBefore(second.start()) ? first.start() : second.start();
    }

    @Override
    public Instant end() {
      return first.end().isAfter(second.end()) ? first.end() : second.end();
    }

    @Override
    public RequestCursor open() {
      return new MergedCursor(
          new Part(first.open(), ChronoUnit.MICROS.between(start(), first.start())),
          new Part(second.open(), ChronoUnit.MICROS.between(start(), second.start())));
    }
  }

  private static final class Part {
    private final RequestCursor cursor;
    private final long offsetMicros;
    private boolean hasRequest;

    Part(RequestCursor cursor, long offsetMicros) {
      this.cursor = cursor;
      this.offsetMicros = offsetMicros;
      this.hasRequest = cursor.next();
    }

    long micros() {
      return hasRequest ? cursor.arrivalMicros() + offsetMicros : Long.MAX_VALUE;
    }
  }

  private static final class MergedCursor implements RequestCursor {
    private final Part first;
    private final Part second;
    private Part current;
    private boolean isBegun;

    MergedCursor(Part first, Part second) {
      this.first = first;
      this.second = second;
      this.current = first;
    }

    @Override
    public boolean next() {
      if (isBegun) {
        current.hasRequest = current.cursor.next();
      }
      isBegun = true;
      current = first.micros() <= second.micros() ? first : second;
      return current.hasRequest;
    }

    @Override
    public long arrivalMicros() {
      return current.micros();
    }

    @Override
    public long inputTokens() {
      return current.cursor.inputTokens();
    }

    @Override
    public long outputTokens() {
      return current.cursor.outputTokens();
    }

    @Override
    public void close() {
      first.cursor.close();
      second.cursor.close();
    }
  }
}
