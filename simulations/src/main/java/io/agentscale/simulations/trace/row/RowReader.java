// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import java.io.Closeable;
import java.io.IOException;

/** Reads the rows of one trace in one format, in the order of the file. */
public interface RowReader extends Closeable {
  /**
   * Fills a row with the next one.
   *
   * @return false at the end
   * @throws BadRowException if this row is not understood; the next call goes on after it
   * @throws io.agentscale.simulations.trace.InvalidTraceException if nothing after it can be read
   */
  boolean read(TraceRow row) throws IOException, BadRowException;
}
