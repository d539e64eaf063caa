// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import java.time.Instant;

/** Other requests seen through a change; what is not changed is as it was. */
abstract class RequestView implements RequestTraffic {
  private final RequestTraffic source;

  RequestView(RequestTraffic source) {
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

  /** Another cursor seen through a change. */
  abstract static class Cursor implements RequestCursor {
    private final RequestCursor source;

    Cursor(RequestCursor source) {
      this.source = source;
    }

    @Override
    public boolean next() {
      return source.next();
    }

    @Override
    public long arrivalMicros() {
      return source.arrivalMicros();
    }

    @Override
    public long inputTokens() {
      return source.inputTokens();
    }

    @Override
    public long outputTokens() {
      return source.outputTokens();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
