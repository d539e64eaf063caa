// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import io.agentscale.simulations.trace.row.JsonRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.Timestamp;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;
import java.util.List;

/**
 * Mooncake's traces: a JSON object per line, its timestamp in milliseconds from the beginning,
 * {@code input_length} and {@code output_length} in tokens.
 *
 * @see <a href="https://github.com/kvcache-ai/Mooncake">Mooncake</a>
 */
final class MooncakeJsonl {
  private MooncakeJsonl() {}

  static RowReader open(TraceFile file, ReadOptions options) throws IOException {
    return new JsonRows(
        file,
        new JsonRows.Keys(
            List.of("timestamp"),
            List.of("input_length"),
            List.of("output_length"),
            Timestamp.offsetMillis()));
  }

  static boolean matches(String firstLine) {
    return firstLine.startsWith("{")
        && firstLine.contains("\"timestamp\"")
        && firstLine.contains("\"input_length\"");
  }
}
