// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.file;

import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;

/** Opens a file for reading its rows in a format. */
@FunctionalInterface
public interface RowSource {
  /** Begins to read. */
  RowReader open(TraceFile file, ReadOptions options) throws IOException;
}
