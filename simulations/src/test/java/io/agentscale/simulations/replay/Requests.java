// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import java.time.Instant;
import java.util.List;

/** A list of requests at given seconds, each with the same tokens, for tests. */
public record Requests(List<Double> seconds, long inputTokens, long outputTokens)
    implements RequestTraffic {

  @Override
  public Instant start() {
    return Rates.START;
  }

  @Override
  public Instant end() {
    return Rates.START.plusSeconds(seconds.getLast().longValue() + 1);
  }

  @Override
  public RequestCursor open() {
    return new RequestCursor() {
      private int index = -1;

      @Override
      public boolean next() {
        index++;
        return index < seconds.size();
      }

      @Override
      public long arrivalMicros() {
        return Math.round(seconds.get(index) * 1e6);
      }

      @Override
      public long inputTokens() {
        return inputTokens;
      }

      @Override
      public long outputTokens() {
        return outputTokens;
      }

      @Override
      public void close() {}
    };
  }
}
