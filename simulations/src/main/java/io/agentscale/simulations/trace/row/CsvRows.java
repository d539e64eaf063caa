// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.agentscale.simulations.trace.InvalidTraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the rows of a CSV file, whose first line may be a header. */
public final class CsvRows implements RowReader {
  /** Finds the columns that mean something by the first row. */
  @FunctionalInterface
  public interface Layout {
    /**
     * Returns them, the time among them.
     *
     * @throws IllegalArgumentException if one is missing
     */
    List<CsvColumn> columns(List<String> firstRow);
  }

  private final TraceFile file;
  private final CsvReader<TraceRow> reader;
  private final CloseableIterator<TraceRow> rows;
  private final CsvCells cells;

  /** Opens a file. */
  public CsvRows(TraceFile file, Layout layout) throws IOException {
    this.file = file;
    this.cells = new CsvCells(layout);
    this.reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(cells, file.open(), UTF_8);
    this.rows = reader.iterator();
  }

  @Override
  public boolean read(TraceRow row) throws IOException, BadRowException {
    try {
      cells.fill(row);
      do {
        if (!rows.hasNext()) {
          return false;
        }
        rows.next();
      } while (cells.isHeader());
    } catch (CsvParseException e) {
      throw new InvalidTraceException(file + ": not CSV: " + reason(e), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    cells.check();
    return true;
  }

  private static String reason(CsvParseException failure) {
    Throwable cause = failure.getCause();
    String message = String.valueOf(failure.getMessage());
    return cause == null ? message : message + ": " + cause.getMessage();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
