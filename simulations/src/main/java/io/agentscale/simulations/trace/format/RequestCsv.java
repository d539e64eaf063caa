// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import io.agentscale.simulations.trace.row.CsvColumn;
import io.agentscale.simulations.trace.row.CsvRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import io.agentscale.simulations.trace.row.CsvColumn.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CSV with a row per request: an arrival, and its tokens in columns of any usual name. */
final class RequestCsv {
  private static final List<String> INPUT =
      List.of("input_tokens", "prompt_tokens", "input_length", "context_tokens", "request_tokens");
  private static final List<String> OUTPUT =
      List.of(
          "output_tokens",
          "completion_tokens",
          "output_length",
          "generated_tokens",
          "response_tokens");

  private RequestCsv() {}

  static RowReader open(TraceFile file, ReadOptions options) throws IOException {
    return new CsvRows(file, RequestCsv::columns);
  }

  static boolean matches(String firstLine) {
    return tokens(CsvColumn.header(firstLine)).size() > 0
        || CsvColumn.areIn(firstLine, "arrival")
        || CsvColumn.areIn(firstLine, "arrival_s")
        || CsvColumn.areIn(firstLine, "arrival_time");
  }

  private static List<CsvColumn> columns(List<String> first) {
    List<CsvColumn> columns = tokens(first);
    columns.add(
        CsvColumn.find(first, Role.TIME, RateCsv.TIME_NAMES)
            .orElse(new CsvColumn(0, first.getFirst(), Role.TIME)));
    return columns;
  }

  private static List<CsvColumn> tokens(List<String> header) {
    List<CsvColumn> columns = new ArrayList<>();
    Optional<CsvColumn> input = CsvColumn.find(header, Role.INPUT_TOKENS, INPUT);
    Optional<CsvColumn> output = CsvColumn.find(header, Role.OUTPUT_TOKENS, OUTPUT);
    input.ifPresent(columns::add);
    output.ifPresent(columns::add);
    return columns;
  }
}
