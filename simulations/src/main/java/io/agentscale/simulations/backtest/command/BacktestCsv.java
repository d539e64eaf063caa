// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.DecisionRow;
import io.agentscale.simulations.replay.TimelineRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Every decision of a backtest as a row of a CSV file; what is unknown is empty. */
final class BacktestCsv {
  private BacktestCsv() {}

  /**
   * Writes a file.
   *
   * @throws IOException if it cannot be written
   */
  static void write(Path file, Backtest backtest) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(
          "time", "demand", "forecast", "floor", "decided", "ready", "actual", "reason");
      for (DecisionRow row : backtest.decisions()) {
        TimelineRow state = row.state();
        csv.writeRecord(
            state.at().toString(),
            number(3, state.demand()),
            number(3, row.forecast()),
            number(0, row.floor()),
            String.valueOf(state.desired()),
            String.valueOf(state.ready()),
            number(0, backtest.actualAt(state.at())),
            state.reason());
      }
    }
  }

  private static String number(int decimals, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
