// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import io.agentscale.simulations.trace.row.CsvColumn;
import io.agentscale.simulations.trace.row.CsvRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import io.agentscale.simulations.trace.row.ValueUnit;
import io.agentscale.simulations.trace.row.CsvColumn.Role;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CSV with a row per step: a time and a value, in columns of any usual name.
 *
 * <p>The value is the column that was asked for, else the first of the usual names, else the first
 * that is not the time. A header that names requests or a count means requests per step; any other
 * means requests per second, unless a person says otherwise.
 */
final class RateCsv {
  static final List<String> TIME_NAMES =
      List.of(
          "timestamp",
          "time",
          "arrival",
          "arrival_time",
          "arrival_s",
          "offset_s",
          "offset",
          "offset_ms",
          "t_s",
          "t",
          "unix_s",
          "unix_ms",
          "epoch",
          "epoch_s",
          "epoch_ms",
          "time_local",
          "time_utc",
          "datetime",
          "date",
          "ts",
          "timestamp_ms",
          "seconds",
          "start");
  private static final List<String> VALUE_NAMES =
      List.of(
          "requests_per_second",
          "rate_rps",
          "rps",
          "qps",
          "rate",
          "requests",
          "request_count",
          "count",
          "value");

  private RateCsv() {}

  static RowReader open(TraceFile file, ReadOptions options) throws IOException {
    return new CsvRows(file, first -> columns(first, options));
  }

  /** Anything with two columns is worth an attempt. */
  static boolean matches(String firstLine) {
    return firstLine.indexOf(',') > 0 && !firstLine.startsWith("{") && !firstLine.startsWith("#");
  }

  private static List<CsvColumn> columns(List<String> first, ReadOptions options) {
    CsvColumn time =
        CsvColumn.find(first, Role.TIME, TIME_NAMES)
            .orElse(new CsvColumn(0, first.getFirst(), Role.TIME));
    int index = valueIndex(first, time, options.column());
    String name = first.get(index);
    ValueUnit unit = options.unit().orElseGet(() -> unit(name));
    Role role = unit == ValueUnit.COUNT ? Role.COUNT : Role.RATE;
    return List.of(time, new CsvColumn(index, name, role));
  }

  private static int valueIndex(List<String> first, CsvColumn time, Optional<String> asked) {
    if (asked.isPresent()) {
      return CsvColumn.find(first, Role.RATE, List.of(asked.get().toLowerCase(Locale.ROOT)))
          .map(CsvColumn::index)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "must have a column %s, found: %s".formatted(asked.get(), first)));
    }
    return CsvColumn.find(first, Role.RATE, VALUE_NAMES)
        .map(CsvColumn::index)
        .or(
            () ->
                IntStream.range(0, first.size()).filter(i -> i != time.index()).boxed().findFirst())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must have a column with a time and one with a value, found: " + first));
  }

  private static ValueUnit unit(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    boolean isRate = name.contains("rate") || name.contains("per_second") || name.endsWith("ps");
    boolean isCount = name.contains("request") || name.contains("count");
    return isCount && !isRate ? ValueUnit.COUNT : ValueUnit.RATE;
  }
}
