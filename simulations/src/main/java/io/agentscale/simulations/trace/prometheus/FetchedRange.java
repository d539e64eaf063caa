// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.prometheus;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import io.agentscale.simulations.trace.row.BadRowException;
import io.agentscale.simulations.trace.row.CsvColumn;
import io.agentscale.simulations.trace.row.CsvColumn.Role;
import io.agentscale.simulations.trace.row.CsvRows;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import io.agentscale.simulations.trace.row.TraceRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces of an answer, one after the other. */
record FetchedRange(RangeQuestion question, List<Path> files) implements RateTraffic {
  FetchedRange {
    files = List.copyOf(files);
  }

  @Override
  public Instant start() {
    return question.from();
  }

  @Override
  public Instant end() {
    return question.to();
  }

  @Override
  public Duration step() {
    return question.step();
  }

  @Override
  public RateCursor open() {
    return new Cursor(this);
  }

  private static List<CsvColumn> columns(List<String> header) {
    return List.of(new CsvColumn(0, "unix_ms", Role.TIME), new CsvColumn(1, "value", Role.RATE));
  }

  private static final class Cursor extends StepCursor {
    private final long firstMillis;
    private final long stepMillis;
    private final long steps;
    private final Iterator<Path> files;
    private final TraceRow row = new TraceRow();
    private @Nullable RowReader reader;
    private @Nullable Path file;
    private long rowMillis = Long.MIN_VALUE;

    Cursor(FetchedRange range) {
      super(range.start().toEpochMilli(), range.step().toMillis());
      this.firstMillis = range.start().toEpochMilli();
      this.stepMillis = range.step().toMillis();
      this.steps = range.steps();
      this.files = range.files.iterator();
    }

    @Override
    public boolean next() {
      if (moved() >= steps) {
        return false;
      }
      long millis = firstMillis + moved() * stepMillis;
      while (rowMillis < millis) {
        rowMillis = nextRow() ? row.micros() / 1000 : Long.MAX_VALUE;
      }
      return rowMillis == millis ? known(row.value()) : unknown();
    }

    private boolean nextRow() {
      try {
        while (reader == null || !reader.read(row)) {
          close();
          if (!files.hasNext()) {
            return false;
          }
          file = files.next();
          reader = new CsvRows(new TraceFile(file), FetchedRange::columns);
        }
        return true;
      } catch (BadRowException e) {
        throw new InvalidTraceException(
            "%s:%d: %s; delete the file to ask for it again"
                .formatted(file, e.line(), e.getMessage()),
            e);
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      try {
        if (reader != null) {
          reader.close();
          reader = null;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": " + e.getMessage(), e);
      }
    }
  }
}
