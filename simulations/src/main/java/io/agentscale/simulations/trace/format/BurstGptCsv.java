// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import io.agentscale.simulations.trace.row.CsvColumn;
import io.agentscale.simulations.trace.row.CsvRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;

/**
 * BurstGPT: {@code Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type}, the time
 * in seconds from the beginning.
 *
 * @see <a href="https://github.com/HPMLL/BurstGPT">BurstGPT</a>
 */
final class BurstGptCsv {
  private static final String TIME = "timestamp";
  private static final String INPUT = "request tokens";
  private static final String OUTPUT = "response tokens";

  private BurstGptCsv() {}

  static RowReader open(TraceFile file, ReadOptions options) throws IOException {
    return new CsvRows(file, first -> CsvColumn.required(first, TIME, INPUT, OUTPUT));
  }

  static boolean matches(String firstLine) {
    return CsvColumn.areIn(firstLine, TIME, INPUT, OUTPUT);
  }
}
