// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

/**
 * A reader of steps, before the first until {@link #next()} is called. It allocates nothing by
 * moving.
 */
public interface RateCursor extends AutoCloseable {
  /** Moves to the next step; false at the end. */
  boolean next();

  /** Returns when this step begins, in milliseconds since 1970. */
  long startMillis();

  /** Tells whether the rate of this step was measured. */
  boolean isKnown();

  /**
   * Returns the mean rate over this step.
   *
   * @throws IllegalStateException if it is unknown
   */
  double requestsPerSecond();

  /** Ends reading. */
  @Override
  void close();
}
