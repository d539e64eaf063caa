// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.agentscale.core.forecast.Absence;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a series from a CSV file, gzipped or not, row by row.
 *
 * @param file the file
 * @param timeColumn the header of the time column; empty for the first column
 * @param valueColumn the header of the value column; empty for the second
 * @param from rows before it are left out, in seconds
 * @param to rows from it on are left out, in seconds
 */
record SeriesCsv(
    Path file, Optional<String> timeColumn, Optional<String> valueColumn, double from, double to) {

  /** Returns the whole file, by its first two columns. */
  static SeriesCsv of(Path file) {
    return new SeriesCsv(
        file,
        Optional.empty(),
        Optional.empty(),
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY);
  }

  /** Returns the name of the file without its endings. */
  String name() {
    return file.getFileName().toString().replaceFirst("(\\.csv)?(\\.gz)?$", "");
  }

  /**
   * Reads the series.
   *
   * @throws InvalidSeriesException if a row is not understood
   */
  Series read(Duration step, Absence absence) throws IOException {
    return buckets(step).series(name(), absence);
  }

  /** Returns the usual distance of two rows, in seconds; reads the beginning only. */
  double interval() throws IOException {
    Buckets buckets = new Buckets(Duration.ofMinutes(1), file.toString());
    read(buckets, Buckets.ENOUGH);
    return buckets.interval();
  }

  private Buckets buckets(Duration step) throws IOException {
    Buckets buckets = new Buckets(step, file.toString());
    read(buckets, Long.MAX_VALUE);
    return buckets;
  }

  private void read(Buckets into, long most) throws IOException {
    try (InputStream bytes = open();
        CsvReader<CsvRecord> rows = rows(bytes)) {
      Columns columns = null;
      long read = 0;
      for (CsvRecord row : rows) {
        if (columns == null) {
          columns = columns(row);
          if (isHeader(row)) {
            continue;
          }
        }
        add(row, columns, into);
        if (++read >= most) {
          return;
        }
      }
    } catch (CsvParseException | ZipException e) {
      throw new InvalidSeriesException(file + ": " + e.getMessage());
    }
  }

  /** Whether a row has enough fields is for the columns asked to say, with file and line. */
  private static CsvReader<CsvRecord> rows(InputStream bytes) {
    return CsvReader.builder()
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(new InputStreamReader(bytes, UTF_8));
  }

  private InputStream open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  /** Where the time and the value are in a row. */
  private record Columns(int time, int value) {}

  private Columns columns(CsvRecord header) {
    return new Columns(
        timeColumn.map(name -> index(header, name)).orElse(0),
        valueColumn.map(name -> index(header, name)).orElse(1));
  }

  private int index(CsvRecord header, String name) {
    List<String> names = header.getFields();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new InvalidSeriesException(
          "%s: line %d: no column '%s', found %s"
              .formatted(file, header.getStartingLineNumber(), name, names));
    }
    return index;
  }

  /** A first row whose time is no time is a header, and so is one that names the columns. */
  private boolean isHeader(CsvRecord first) {
    if (timeColumn.isPresent() || valueColumn.isPresent()) {
      return true;
    }
    try {
      Moment.seconds(first.getField(0));
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private void add(CsvRecord row, Columns columns, Buckets into) {
    int needed = Math.max(columns.time(), columns.value()) + 1;
    if (row.getFieldCount() < needed) {
      throw invalid(
          row, "must have at least %d fields, has %d".formatted(needed, row.getFieldCount()));
    }
    double seconds = seconds(row, row.getField(columns.time()));
    if (seconds < from || seconds >= to) {
      return;
    }
    String value = row.getField(columns.value()).strip();
    if (value.isEmpty() || value.equalsIgnoreCase("nan")) {
      into.skip(seconds);
      return;
    }
    into.add(seconds, number(row, value));
  }

  private double seconds(CsvRecord row, String text) {
    try {
      return Moment.seconds(text);
    } catch (IllegalArgumentException e) {
      throw invalid(row, String.valueOf(e.getMessage()));
    }
  }

  private double number(CsvRecord row, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(row, "value: must be a number, was: '" + text + "'");
    }
    throw invalid(row, "value: must be finite, was: '" + text + "'");
  }

  private InvalidSeriesException invalid(CsvRecord row, String problem) {
    return new InvalidSeriesException(
        "%s: line %d: %s".formatted(file, row.getStartingLineNumber(), problem));
  }
}
