// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import java.time.Duration;

/** Traffic known request by request. */
public non-sealed interface RequestTraffic extends Traffic {
  /** Begins to read. */
  RequestCursor open();

  /**
   * Returns the same traffic as requests per second over steps that begin at {@link #start()}. A
   * step without a request has the rate zero: a list of requests is complete.
   *
   * @param step in whole milliseconds
   */
  default RateTraffic binned(Duration step) {
    return new BinnedRequests(this, step);
  }
}
