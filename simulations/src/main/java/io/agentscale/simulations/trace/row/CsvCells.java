// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.row.CsvColumn.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a row with the cells of a line as they are found, without making texts of them. */
final class CsvCells extends AbstractBaseCsvCallbackHandler<TraceRow> {
  private static final double LARGEST_TOKENS = 1e12;

  private final CsvRows.Layout layout;
  private final List<String> first = new ArrayList<>();
  private @Nullable CsvColumn[] columns = {};
  private Timestamp times = Timestamp.under("");
  private TraceRow row = new TraceRow();
  private boolean isBegun;
  private boolean isHeader;
  private int needed;
  private @Nullable String problem;

  CsvCells(CsvRows.Layout layout) {
    this.layout = layout;
  }

  void fill(TraceRow next) {
    row = next;
  }

  /** Tells whether the line just read names the columns. */
  boolean isHeader() {
    return isHeader;
  }

  /** Refuses the line just read if it was not understood. */
  void check() throws BadRowException {
    if (problem != null) {
      throw new BadRowException(row.line(), problem);
    }
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    row.at(startingLineNumber);
    problem = null;
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    if (!isBegun) {
      first.add(new String(buffer, offset, length).strip());
    } else if (index < columns.length && columns[index] != null && problem == null) {
      cell(requireNonNull(columns[index]), buffer, offset, length);
    }
  }

  private void cell(CsvColumn column, char[] buffer, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end && buffer[from] <= ' ') {
      from++;
    }
    while (end > from && buffer[end - 1] <= ' ') {
      end--;
    }
    try {
      set(column.role(), buffer, from, end - from);
    } catch (IllegalArgumentException e) {
      problem =
          "column %s: must be %s, was: '%s'"
              .formatted(column.name(), rule(column.role()), new String(buffer, offset, length));
    }
  }

  private void set(Role role, char[] buffer, int from, int length) {
    switch (role) {
      case TIME -> {
        long micros = times.micros(buffer, from, length);
        row.time(micros, times.isOffset());
      }
      case RATE -> row.value(value(buffer, from, length), false);
      case COUNT -> row.value(value(buffer, from, length), true);
      case INPUT_TOKENS -> row.inputTokens(tokens(buffer, from, length));
      case OUTPUT_TOKENS -> row.outputTokens(tokens(buffer, from, length));
    }
  }

  private static String rule(Role role) {
    return switch (role) {
      case TIME -> Timestamp.RULE;
      case RATE, COUNT -> "a number from 0 up, or empty where it is unknown";
      case INPUT_TOKENS, OUTPUT_TOKENS -> "a whole number from 0 up, or empty where it is unknown";
    };
  }

  private static double value(char[] buffer, int from, int length) {
    if (length == 0) {
      return Double.NaN;
    }
    double number = Decimal.parse(buffer, from, length);
    if (number < 0 || Double.isInfinite(number)) {
      throw new IllegalArgumentException("out of range");
    }
    return number;
  }

  private static long tokens(char[] buffer, int from, int length) {
    if (length == 0) {
      return RequestCursor.NO_TOKENS;
    }
    double number = Decimal.parse(buffer, from, length);
    if (!(number >= 0 && number <= LARGEST_TOKENS) || number != Math.rint(number)) {
      throw new IllegalArgumentException("out of range");
    }
    return (long) number;
  }

  @Override
  protected TraceRow buildRecord() {
    isHeader = false;
    if (!isBegun) {
      begin();
    } else if (getFieldCount() < needed && problem == null) {
      problem = "must have at least %d columns, has %d".formatted(needed, getFieldCount());
    }
    return row;
  }

  /** The first line names the columns, unless what stands in the column of the time is a time. */
  private void begin() {
    isBegun = true;
    List<CsvColumn> found;
    try {
      found = layout.columns(first);
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
      isBegun = false;
      first.clear();
      return;
    }
    needed = found.stream().mapToInt(CsvColumn::index).max().orElse(0) + 1;
    columns = new CsvColumn[needed];
    found.forEach(column -> columns[column.index()] = column);
    CsvColumn time = found.stream().filter(c -> c.role() == Role.TIME).findFirst().orElseThrow();
    times = Timestamp.under(time.name());
    isHeader = !isTime(first.get(time.index()));
    if (!isHeader) {
      found.forEach(this::firstCell);
    }
  }

  private void firstCell(CsvColumn column) {
    char[] text = first.get(column.index()).toCharArray();
    if (problem == null) {
      cell(column, text, 0, text.length);
    }
  }

  private static boolean isTime(String text) {
    try {
      var _ = Timestamp.under("").micros(text.toCharArray(), 0, text.length());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
