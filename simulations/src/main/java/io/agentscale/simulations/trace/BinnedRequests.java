// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import java.time.Duration;
import java.time.Instant;

/** Requests counted per step. */
final class BinnedRequests implements RateTraffic {
  private final RequestTraffic requests;
  private final Duration step;

  BinnedRequests(RequestTraffic requests, Duration step) {
    if (step.compareTo(Duration.ofMillis(1)) < 0 || step.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("step: must be whole milliseconds, was: " + step);
    }
    this.requests = requests;
    this.step = step;
  }

  @Override
  public Instant start() {
    return requests.start();
  }

  /** Returns the end of the step the last request lies in. */
  @Override
  public Instant end() {
    long millis = step.toMillis();
    long length = Duration.between(start(), requests.end()).plusNanos(999_999).toMillis();
    return start().plusMillis(Math.ceilDiv(length, millis) * millis);
  }

  @Override
  public Duration step() {
    return step;
  }

  @Override
  public RateCursor open() {
    return new Cursor(requests.open(), start().toEpochMilli(), step.toMillis());
  }

  private static final class Cursor extends StepCursor {
    private final RequestCursor requests;
    private final long stepMicros;
    private boolean hasRequest;

    Cursor(RequestCursor requests, long firstMillis, long stepMillis) {
      super(firstMillis, stepMillis);
      this.requests = requests;
      this.stepMicros = stepMillis * 1000;
    }

    @Override
    public boolean next() {
      if (moved() == 0) {
        hasRequest = requests.next();
      }
      if (!hasRequest) {
        return false;
      }
      long end = (moved() + 1) * stepMicros;
      long count = 0;
      while (hasRequest && requests.arrivalMicros() < end) {
        count++;
        hasRequest = requests.next();
      }
      return known(count * 1e6 / stepMicros);
    }

    @Override
    public void close() {
      requests.close();
    }
  }
}
