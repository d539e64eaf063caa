// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Reads a load test's table: a CSV whose first line names its columns.
 *
 * <p>{@code concurrency} and {@code mean_ms} must be there, {@code success}, {@code p99_ms} and
 * {@code requests_per_second} may be. Numbers may have thousands separators when quoted, success a
 * percent sign; lines that begin with # are left out.
 */
final class MeasuredTable {
  private static final List<String> COLUMNS =
      List.of("concurrency", "success", "mean_ms", "p99_ms", "requests_per_second");

  private final Path file;
  private final int[] places = new int[COLUMNS.size()];

  private MeasuredTable(Path file) {
    this.file = file;
  }

  static List<MeasuredRow> read(Path file) throws IOException {
    return new MeasuredTable(file).rows();
  }

  private List<MeasuredRow> rows() throws IOException {
    List<MeasuredRow> rows = new ArrayList<>();
    boolean named = false;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .commentCharacter('#')
            .commentStrategy(CommentStrategy.SKIP)
            .ofCsvRecord(file)) {
      for (CsvRecord line : reader) {
        if (named) {
          rows.add(row(line));
        } else {
          name(line);
          named = true;
        }
      }
    }
    if (rows.isEmpty()) {
      throw new InvalidTableException(
          file
              + ": must have a line of column names and a line a measurement, had "
              + (named ? "only the names" : "nothing"));
    }
    return rows;
  }

  private void name(CsvRecord line) {
    List<String> names =
        line.getFields().stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT).replace(' ', '_'))
            .toList();
    for (int i = 0; i < places.length; i++) {
      places[i] = names.indexOf(COLUMNS.get(i));
    }
    for (String name : names) {
      if (!COLUMNS.contains(name)) {
        throw problem(line, "column " + name, "must be one of " + COLUMNS);
      }
    }
    for (String needed : List.of("concurrency", "mean_ms")) {
      if (!names.contains(needed)) {
        throw problem(line, "column " + needed, "must be there, the columns are " + names);
      }
    }
  }

  private MeasuredRow row(CsvRecord line) {
    OptionalDouble concurrency = number(line, 0);
    OptionalDouble mean = number(line, 2);
    if (concurrency.isEmpty() || mean.isEmpty()) {
      throw problem(line, "concurrency, mean_ms", "must not be empty");
    }
    double runs = concurrency.getAsDouble();
    if (runs != Math.rint(runs) || runs > 100_000) {
      throw problem(line, "concurrency", "must be a whole number to 100,000, was: " + runs);
    }
    try {
      return new MeasuredRow(
          (int) runs, number(line, 1), mean.getAsDouble(), number(line, 3), number(line, 4));
    } catch (IllegalArgumentException e) {
      throw new InvalidTableException(where(line) + ": " + e.getMessage());
    }
  }

  private OptionalDouble number(CsvRecord line, int column) {
    int place = places[column];
    if (place < 0 || place >= line.getFieldCount() || line.getField(place).isBlank()) {
      return OptionalDouble.empty();
    }
    String text = line.getField(place).strip().replace(",", "").replace("%", "").strip();
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw problem(line, COLUMNS.get(column), "must be a number, was: " + line.getField(place));
    }
  }

  private InvalidTableException problem(CsvRecord line, String field, String problem) {
    return new InvalidTableException(where(line) + ": " + field + ": " + problem);
  }

  private String where(CsvRecord line) {
    return file + ":" + line.getStartingLineNumber();
  }
}
