// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;

/** Arrivals as a list of requests has them; the traffic ends with the last one's second. */
final class ListedArrivals extends Arrivals {
  private final RequestCursor cursor;
  private double next;
  private double end = Double.POSITIVE_INFINITY;

  ListedArrivals(RequestTraffic requests) {
    cursor = requests.open();
    advance();
  }

  @Override
  double next() {
    return next;
  }

  @Override
  void advance() {
    if (cursor.next()) {
      next = cursor.arrivalMicros() / 1e6;
    } else {
      end = Math.floor(next) + 1;
      next = Double.POSITIVE_INFINITY;
    }
  }

  @Override
  double end() {
    return end;
  }

  @Override
  long inputTokens() {
    return cursor.inputTokens();
  }

  @Override
  long outputTokens() {
    return cursor.outputTokens();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
