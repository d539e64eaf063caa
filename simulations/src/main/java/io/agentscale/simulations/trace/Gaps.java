// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import java.time.Duration;
import java.time.Instant;

/** What a replay does with the steps of a series nobody measured. */
public enum Gaps {
  /** Refuses the series at its first unknown step, and says where that is. */
  FAIL,

  /** The last known rate goes on; before the first known one, that one. */
  HOLD,

  /** No requests: for sources that write nothing when nothing happens. */
  ZERO;

  /** Returns the series without unknown steps. */
  public RateTraffic fill(RateTraffic traffic) {
    return new Filled(traffic, this);
  }

  private record Filled(RateTraffic traffic, Gaps gaps) implements RateTraffic {
    @Override
    public Instant start() {
      return traffic.start();
    }

    @Override
    public Instant end() {
      return traffic.end();
    }

    @Override
    public Duration step() {
      return traffic.step();
    }

    @Override
    public RateCursor open() {
      double before = gaps == HOLD ? firstKnown() : 0;
      return new Cursor(traffic.open(), gaps, before, step());
    }

    private double firstKnown() {
      try (RateCursor cursor = traffic.open()) {
        while (cursor.next()) {
          if (cursor.isKnown()) {
            return cursor.requestsPerSecond();
          }
        }
      }
      throw new InvalidTraceException("not one step of the series is known: nothing to hold");
    }
  }

  private static final class Cursor implements RateCursor {
    private final RateCursor source;
    private final Gaps gaps;
    private final Duration step;
    private double held;

    Cursor(RateCursor source, Gaps gaps, double before, Duration step) {
      this.source = source;
      this.gaps = gaps;
      this.held = before;
      this.step = step;
    }

    @Override
    public boolean next() {
      if (!source.next()) {
        return false;
      }
      if (source.isKnown()) {
        held = source.requestsPerSecond();
      } else if (gaps == FAIL) {
        throw gap();
      } else if (gaps == ZERO) {
        held = 0;
      }
      return true;
    }

    private InvalidTraceException gap() {
      Instant from = Instant.ofEpochMilli(source.startMillis());
      long steps = 1;
      boolean ended = false;
      while (!ended) {
        ended = !source.next() || source.isKnown();
        steps += ended ? 0 : 1;
      }
      return new InvalidTraceException(
          ("the rate is unknown from %s for %d steps of %s: say what a replay does with gaps, hold"
                  + " (the last rate goes on) or zero (no requests)")
              .formatted(from, steps, step));
    }

    @Override
    public long startMillis() {
      return source.startMillis();
    }

    @Override
    public boolean isKnown() {
      return true;
    }

    @Override
    public double requestsPerSecond() {
      return held;
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
