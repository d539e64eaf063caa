// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import java.time.Duration;
import java.time.Instant;

/**
 * Two series at once, in steps of the finer one from the earlier start.
 *
 * <p>Each adds its mean over the step; before its start and from its end on there is none of it. A
 * step of which either is unknown is unknown.
 */
record SummedRates(RateTraffic first, RateTraffic second) implements RateTraffic {
  @Override
  public Instant start() {
    return first.start().isBefore(second.start()) ? first.start() : second.start();
  }

  @Override
  public Instant end() {
    Instant last = first.end().isAfter(second.end()) ? first.end() : second.end();
    long millis = Duration.between(start(), last).toMillis();
    return start().plus(step().multipliedBy(Math.ceilDiv(millis, step().toMillis())));
  }

  @Override
  public Duration step() {
    return first.step().compareTo(second.step()) <= 0 ? first.step() : second.step();
  }

  @Override
  public RateCursor open() {
    return new Cursor(start().toEpochMilli(), step().toMillis(), new Part(first), new Part(second));
  }

  private static final class Cursor extends StepCursor {
    private final long firstMillis;
    private final long stepMillis;
    private final Part first;
    private final Part second;

    Cursor(long firstMillis, long stepMillis, Part first, Part second) {
      super(firstMillis, stepMillis);
      this.firstMillis = firstMillis;
      this.stepMillis = stepMillis;
      this.first = first;
      this.second = second;
    }

    @Override
    public boolean next() {
      long begin = firstMillis + moved() * stepMillis;
      double sum = first.mean(begin, begin + stepMillis) + second.mean(begin, begin + stepMillis);
      if (first.hasEnded(begin) && second.hasEnded(begin)) {
        return false;
      }
      return Double.isNaN(sum) ? unknown() : known(sum);
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  /** One of the series, read along steps that are not its own. */
  private static final class Part {
    private final RateCursor cursor;
    private final long stepMillis;
    private boolean hasStep;
    private long endMillis = Long.MIN_VALUE;

    Part(RateTraffic traffic) {
      this.cursor = traffic.open();
      this.stepMillis = traffic.step().toMillis();
      advance();
    }

    private void advance() {
      hasStep = cursor.next();
      if (hasStep) {
        endMillis = cursor.startMillis() + stepMillis;
      }
    }

    boolean hasEnded(long millis) {
      return !hasStep && millis >= endMillis;
    }

    /** Returns the mean rate over a time not before the last one asked for; NaN if unknown. */
    double mean(long from, long to) {
      double sum = 0;
      long reached = from;
      while (hasStep && reached < to && cursor.startMillis() < to) {
        if (endMillis > reached) {
          long begin = Math.max(reached, cursor.startMillis());
          reached = Math.min(to, endMillis);
          double rate = cursor.isKnown() ? cursor.requestsPerSecond() : Double.NaN;
          sum += rate * (reached - begin);
        }
        if (endMillis <= to) {
          advance();
        }
      }
      return sum / (to - from);
    }

    void close() {
      cursor.close();
    }
  }
}
