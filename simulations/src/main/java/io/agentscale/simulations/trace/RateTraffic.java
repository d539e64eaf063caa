// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import java.time.Duration;

/**
 * Traffic known as requests per second over equal steps.
 *
 * <p>Steps follow each other without holes from {@link #start()}: a step nobody measured is there,
 * and says that it is unknown.
 */
public non-sealed interface RateTraffic extends Traffic {
  /** Returns the length of every step, in whole milliseconds. */
  Duration step();

  /** Begins to read. */
  RateCursor open();

  /** Returns how many steps there are from start to end. */
  default long steps() {
    return Duration.between(start(), end()).dividedBy(step());
  }
}
