// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import io.agentscale.simulations.trace.RequestCursor;

/** One row of a trace, filled anew for every row so that reading allocates nothing. */
public final class TraceRow {
  private long line;
  private long micros;
  private boolean isOffset;
  private double value = Double.NaN;
  private boolean isCount;
  private long inputTokens = RequestCursor.NO_TOKENS;
  private long outputTokens = RequestCursor.NO_TOKENS;

  /** Returns the line it begins in, from 1. */
  public long line() {
    return line;
  }

  /** Returns its time in microseconds, since 1970 or, of an offset, since the trace's beginning. */
  public long micros() {
    return micros;
  }

  /** Tells whether its time counts from the trace's own beginning. */
  public boolean isOffset() {
    return isOffset;
  }

  /** Returns the value of a rate series; NaN where the file says there is none. */
  public double value() {
    return value;
  }

  /** Tells whether the value is requests per step, rather than per second. */
  public boolean isCount() {
    return isCount;
  }

  /** Returns the tokens of the prompt, or {@link RequestCursor#NO_TOKENS}. */
  public long inputTokens() {
    return inputTokens;
  }

  /** Returns the tokens of the answer, or {@link RequestCursor#NO_TOKENS}. */
  public long outputTokens() {
    return outputTokens;
  }

  void at(long startingLine) {
    line = startingLine;
    value = Double.NaN;
    inputTokens = RequestCursor.NO_TOKENS;
    outputTokens = RequestCursor.NO_TOKENS;
  }

  void time(long timeMicros, boolean fromBeginning) {
    micros = timeMicros;
    isOffset = fromBeginning;
  }

  void value(double newValue, boolean count) {
    value = newValue;
    isCount = count;
  }

  void inputTokens(long tokens) {
    inputTokens = tokens;
  }

  void outputTokens(long tokens) {
    outputTokens = tokens;
  }
}
