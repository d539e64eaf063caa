// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

/**
 * A reader of requests in the order of their arrival, before the first until {@link #next()} is
 * called. It allocates nothing by moving.
 */
public interface RequestCursor extends AutoCloseable {
  /** What {@link #inputTokens()} and {@link #outputTokens()} are where the trace has none. */
  long NO_TOKENS = -1;

  /** Moves to the next request; false at the end. */
  boolean next();

  /** Returns the arrival in microseconds since {@link RequestTraffic#start()}. */
  long arrivalMicros();

  /** Returns the tokens of the prompt, or {@link #NO_TOKENS}. */
  long inputTokens();

  /** Returns the tokens of the answer, or {@link #NO_TOKENS}. */
  long outputTokens();

  /** Ends reading. */
  @Override
  void close();
}
