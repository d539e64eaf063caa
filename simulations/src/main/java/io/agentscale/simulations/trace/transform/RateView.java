// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import java.time.Duration;
import java.time.Instant;

/** Another series seen through a change; what is not changed is as it was. */
abstract class RateView implements RateTraffic {
  private final RateTraffic source;

  RateView(RateTraffic source) {
    this.source = source;
  }

  @Override
  public Instant start() {
    return source.start();
  }

  @Override
  public Instant end() {
    return source.end();
  }

  @Override
  public Duration step() {
    return source.step();
  }

  /** Another cursor seen through a change. */
  abstract static class Cursor implements RateCursor {
    private final RateCursor source;

    Cursor(RateCursor source) {
      this.source = source;
    }

    @Override
    public boolean next() {
      return source.next();
    }

    @Override
    public long startMillis() {
      return source.startMillis();
    }

    @Override
    public boolean isKnown() {
      return source.isKnown();
    }

    @Override
    public double requestsPerSecond() {
      return source.requestsPerSecond();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
