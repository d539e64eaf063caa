// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.RandomStream;

/** When runs arrive, one after the other, in seconds since the traffic's start. */
abstract sealed class Arrivals implements AutoCloseable permits ListedArrivals, RandomArrivals {

  static Arrivals of(Traffic traffic, RandomStream random) {
    return switch (traffic) {
      case RateTraffic rates -> new RandomArrivals(rates, random);
      case RequestTraffic requests -> new ListedArrivals(requests);
    };
  }

  /** Returns when the next one arrives, infinity after the last. */
  abstract double next();

  /** Moves on to the one after. */
  abstract void advance();

  /** Returns when the traffic ends, infinity while that is not known yet. */
  abstract double end();

  /** Returns the prompt tokens of the next one, negative if not known. */
  abstract long inputTokens();

  /** Returns the answer tokens of the next one, negative if not known. */
  abstract long outputTokens();

  @Override
  public abstract void close();
}
