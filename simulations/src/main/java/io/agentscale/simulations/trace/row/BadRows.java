// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import io.agentscale.simulations.trace.InvalidTraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with rows that are not understood: refused, or skipped and counted.
 *
 * <p>A file may be read more than once; the count is that of its longest reading.
 */
public final class BadRows {
  private static final int SHOWN = 5;

  private final boolean areSkipped;
  private final List<String> first = new ArrayList<>();
  private long count;

  private BadRows(boolean areSkipped) {
    this.areSkipped = areSkipped;
  }

  /** The first bad row refuses its file. */
  public static BadRows refused() {
    return new BadRows(false);
  }

  /** Bad rows are left out and counted. */
  public static BadRows skipped() {
    return new BadRows(true);
  }

  /** Returns how many were skipped. */
  public synchronized long count() {
    return count;
  }

  /** Returns the messages of the first few. */
  public synchronized List<String> first() {
    return List.copyOf(first);
  }

  /** Begins a reading of a file from its beginning. */
  public Reading begin(TraceFile file) {
    return new Reading(file);
  }

  private synchronized void skipped(long read, String message) {
    if (read > count) {
      count = read;
      if (first.size() < SHOWN) {
        first.add(message);
      }
    }
  }

  /** One reading of the file. */
  public final class Reading {
    private final TraceFile file;
    private long read;

    private Reading(TraceFile file) {
      this.file = file;
    }

    /**
     * Notes a bad row.
     *
     * @throws InvalidTraceException if they are refused
     */
    public void found(BadRowException bad) {
      String message = "%s:%d: %s".formatted(file, bad.line(), bad.getMessage());
      if (!areSkipped) {
        throw new InvalidTraceException(message);
      }
      read++;
      skipped(read, message);
    }
  }
}
