// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import java.time.Instant;

/**
 * Traffic to replay: opened anew for every replay, read once and forward, in memory independent of
 * its length.
 *
 * <p>Opening and reading throw {@link InvalidTraceException} for input that is not a trace and
 * {@link java.io.UncheckedIOException} for input that cannot be read.
 */
public sealed interface Traffic permits RateTraffic, RequestTraffic {
  /** Returns when it begins. */
  Instant start();

  /**
   * Returns when it ends, excluded. Of a file, the first call may read the whole of it: a replay
   * that only moves forward need not ask.
   */
  Instant end();
}
