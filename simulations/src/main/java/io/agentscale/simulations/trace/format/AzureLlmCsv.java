// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import io.agentscale.simulations.trace.row.CsvColumn;
import io.agentscale.simulations.trace.row.CsvRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;

/**
 * Azure's LLM inference traces of 2023 and 2024: {@code TIMESTAMP,ContextTokens,GeneratedTokens}.
 *
 * @see <a href="https://github.com/Azure/AzurePublicDataset">Azure Public Dataset</a>
 */
final class AzureLlmCsv {
  private static final String TIME = "timestamp";
  private static final String INPUT = "contexttokens";
  private static final String OUTPUT = "generatedtokens";

  private AzureLlmCsv() {}

  static RowReader open(TraceFile file, ReadOptions options) throws IOException {
    return new CsvRows(file, first -> CsvColumn.required(first, TIME, INPUT, OUTPUT));
  }

  static boolean matches(String firstLine) {
    return CsvColumn.areIn(firstLine, TIME, INPUT, OUTPUT);
  }
}
