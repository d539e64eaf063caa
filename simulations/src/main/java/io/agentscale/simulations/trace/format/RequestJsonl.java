// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import io.agentscale.simulations.trace.row.JsonRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.Timestamp;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;
import java.util.List;

/** A JSON object per request: an arrival, and its tokens under any usual key. */
final class RequestJsonl {
  private static final List<String> TIME =
      List.of("arrival", "arrival_time", "arrival_s", "offset_s", "timestamp", "time");

  private RequestJsonl() {}

  static RowReader open(TraceFile file, ReadOptions options) throws IOException {
    return new JsonRows(
        file,
        new JsonRows.Keys(
            TIME,
            List.of("input_tokens", "prompt_tokens", "input_length"),
            List.of("output_tokens", "completion_tokens", "output_length"),
            Timestamp.under("")));
  }

  static boolean matches(String firstLine) {
    return firstLine.startsWith("{")
        && TIME.stream().anyMatch(key -> firstLine.contains('"' + key + '"'));
  }
}
