// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A part of the traffic. Of a series, the whole steps that begin in it.
 *
 * @param from where it begins; empty for the traffic's own start
 * @param to where it ends, excluded; empty for the traffic's own end
 */
public record Window(Optional<Bound> from, Optional<Bound> to) implements Transform {
  /** A border, as a time or as a distance from the traffic's start. */
  public sealed interface Bound {
    /** Returns the time. */
    Instant in(Traffic traffic);

    /** A time. */
    record At(Instant time) implements Bound {
      @Override
      public Instant in(Traffic traffic) {
        return time;
      }
    }

    /** A distance from the traffic's start. */
    record After(Duration distance) implements Bound {
      @Override
      public Instant in(Traffic traffic) {
        return traffic.start().plus(distance);
      }
    }
  }

  @Override
  public Traffic apply(Traffic traffic) {
    Instant first = from.map(bound -> bound.in(traffic)).orElse(traffic.start());
    Instant begin = first.isBefore(traffic.start()) ? traffic.start() : first;
    Optional<Instant> end = to.map(bound -> bound.in(traffic));
    Traffic part =
        switch (traffic) {
          case RateTraffic rates -> new Rates(rates, begin, end);
          case RequestTraffic requests -> new Requests(requests, begin, end);
        };
    if (isEmpty(part)) {
      throw new IllegalArgumentException(
          "window: must hold traffic, which goes from %s to %s, was: from %s%s"
              .formatted(
                  traffic.start(), traffic.end(), first, end.map(t -> " to " + t).orElse("")));
    }
    return part;
  }

  private static boolean isEmpty(Traffic part) {
    switch (part) {
      case RateTraffic rates -> {
        try (RateCursor cursor = rates.open()) {
          return !cursor.next();
        }
      }
      case RequestTraffic requests -> {
        try (RequestCursor cursor = requests.open()) {
          return !cursor.next();
        }
      }
    }
  }

  private static Instant end(Traffic source, Optional<Instant> asked) {
    // The end of a file is only looked for where nobody names an earlier one.
    Instant end = source.end();
    return asked.filter(end::isAfter).orElse(end);
  }

  private static final class Rates extends RateView {
    private final RateTraffic source;
    private final long skipped;
    private final long most;

    Rates(RateTraffic source, Instant begin, Optional<Instant> end) {
      super(source);
      this.source = source;
      this.skipped = steps(begin);
      this.most = end.map(time -> steps(time) - skipped).orElse(Long.MAX_VALUE);
    }

    /** Returns how many steps begin before a time. */
    private long steps(Instant time) {
      long millis = Duration.between(source.start(), time).plusNanos(999_999).toMillis();
      return Math.ceilDiv(millis, source.step().toMillis());
    }

    @Override
    public Instant start() {
      return source.start().plus(step().multipliedBy(skipped));
    }

    @Override
    public Instant end() {
      long steps = Math.min(most, source.steps() - skipped);
      return start().plus(step().multipliedBy(steps));
    }

    @Override
    public RateCursor open() {
      return new RateView.Cursor(source.open()) {
        private long index;

        @Override
        public boolean next() {
          while (index < skipped) {
            if (!super.next()) {
              return false;
            }
            index++;
          }
          index++;
          return index - skipped <= most && super.next();
        }
      };
    }
  }

  private static final class Requests extends RequestView {
    private final RequestTraffic source;
    private final Instant begin;
    private final Optional<Instant> end;

    Requests(RequestTraffic source, Instant begin, Optional<Instant> end) {
      super(source);
      this.source = source;
      this.begin = begin;
      this.end = end;
    }

    @Override
    public Instant start() {
      return begin;
    }

    @Override
    public Instant end() {
      return Window.end(source, end);
    }

    @Override
    public RequestCursor open() {
      long skippedMicros = ChronoUnit.MICROS.between(source.start(), begin);
      long lastMicros =
          end.map(time -> ChronoUnit.MICROS.between(source.start(), time)).orElse(Long.MAX_VALUE);
      return new RequestView.Cursor(source.open()) {
        @Override
        public boolean next() {
          boolean hasNext = super.next();
          while (hasNext && super.arrivalMicros() < skippedMicros) {
            hasNext = super.next();
          }
          return hasNext && super.arrivalMicros() < lastMicros;
        }

        @Override
        public long arrivalMicros() {
          return super.arrivalMicros() - skippedMicros;
        }
      };
    }
  }
}
