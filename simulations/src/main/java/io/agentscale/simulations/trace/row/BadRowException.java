// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

/** Thrown for a row that is not what the format says; reading can go on with the next. */
public final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  /**
   * Takes where and what.
   *
   * @param line from 1
   * @param message the column, what it must hold, and what was found
   */
  public BadRowException(long line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  /** Returns the line the row begins in, from 1. */
  public long line() {
    return line;
  }
}
