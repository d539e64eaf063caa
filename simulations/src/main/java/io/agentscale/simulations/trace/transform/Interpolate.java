// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.StepCursor;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;

/**
 * A series of long steps in shorter ones, whose rates lie on straight lines from the middle of each
 * long step to the next: load that was counted every ten minutes did not jump every ten minutes.
 *
 * <p>Beside an unknown step, and at both ends, rates are those of the long step.
 *
 * @param step of the result, of which the series' own is a multiple
 */
public record Interpolate(Duration step) implements Transform {
  @Override
  public Traffic apply(Traffic traffic) {
    return switch (traffic) {
      case RateTraffic rates -> new Finer(rates, step);
      case RequestTraffic _ ->
          throw new IllegalArgumentException(
              "interpolate: must be applied to a series of rates, these are single requests");
    };
  }

  /** The series in its shorter steps. */
  private static final class Finer extends RateView {
    private final RateTraffic source;
    private final Duration step;
    private final int parts;

    Finer(RateTraffic source, Duration step) {
      super(source);
      this.source = source;
      this.step = step;
      long own = source.step().toMillis();
      if (step.toMillis() < 1 || own % step.toMillis() != 0) {
        throw new IllegalArgumentException(
            "interpolate: must be a part of the series' step of %s, was: %s"
                .formatted(source.step(), step));
      }
      parts = Math.toIntExact(own / step.toMillis());
    }

    @Override
    public Duration step() {
      return step;
    }

    @Override
    public RateCursor open() {
      return new Between(source.open(), source.start().toEpochMilli(), step.toMillis(), parts);
    }
  }

  /** Reads one long step ahead. */
  private static final class Between extends StepCursor {
    private final RateCursor source;
    private final int parts;
    private double before = Double.NaN;
    private double present = Double.NaN;
    private double after;
    private int part;
    private boolean more;

    Between(RateCursor source, long firstMillis, long stepMillis, int parts) {
      super(firstMillis, stepMillis);
      this.source = source;
      this.parts = parts;
      part = parts;
      more = source.next();
      after = rate();
    }

    private double rate() {
      return more && source.isKnown() ? source.requestsPerSecond() : Double.NaN;
    }

    @Override
    public boolean next() {
      if (part == parts) {
        if (!more) {
          return false;
        }
        before = present;
        present = after;
        more = source.next();
        after = rate();
        part = 0;
      }
      double place = (part + 0.5) / parts - 0.5;
      part++;
      double other = place < 0 ? before : after;
      if (Double.isNaN(present)) {
        return unknown();
      }
      return known(Double.isNaN(other) ? present : present + (other - present) * Math.abs(place));
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
