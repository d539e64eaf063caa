// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.file;

import io.agentscale.simulations.trace.row.BadRowException;
import io.agentscale.simulations.trace.row.BadRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.RowReader;
import io.agentscale.simulations.trace.row.TraceFile;
import io.agentscale.simulations.trace.row.TraceRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The good rows of a file, in the order of time. */
final class OrderedRows implements AutoCloseable {
  /** A leap this long is a wrong time, and every row after it would be out of order. */
  private static final long LONGEST_GAP_MICROS = 400 * 86_400_000_000L;

  private final TraceFile file;
  private final RowReader reader;
  private final BadRows.Reading bad;
  private final boolean isStrict;
  private final long epochMicros;
  private final TraceRow row = new TraceRow();
  private long micros = Long.MIN_VALUE;

  /**
   * Opens a file.
   *
   * @param isStrict whether two rows at one time are one too many
   */
  OrderedRows(TraceFile file, RowSource source, ReadOptions options, boolean isStrict) {
    this.file = file;
    this.bad = options.badRows().begin(file);
    this.isStrict = isStrict;
    this.epochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, options.epoch());
    try {
      this.reader = source.open(file, options);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Moves to the next good row; false at the end. */
  boolean next() {
    while (true) {
      try {
        if (!reader.read(row)) {
          return false;
        }
        accept(row.isOffset() ? epochMicros + row.micros() : row.micros());
        return true;
      } catch (BadRowException e) {
        bad.found(e);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }

  private void accept(long time) throws BadRowException {
    if (time < micros || (isStrict && time == micros)) {
      throw new BadRowException(
          row.line(),
          "time: must be %s the row before's, %s, was: %s"
              .formatted(isStrict ? "after" : "at or after", instant(micros), instant(time)));
    }
    if (micros != Long.MIN_VALUE && time - micros > LONGEST_GAP_MICROS) {
      throw new BadRowException(
          row.line(),
          "time: must be within 400 days of the row before's, %s, was: %s"
              .formatted(instant(micros), instant(time)));
    }
    micros = time;
  }

  /** Returns the time of this row in microseconds since 1970. */
  long micros() {
    return micros;
  }

  TraceRow row() {
    return row;
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
  }

  private UncheckedIOException unreadable(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return new UncheckedIOException(
        message.contains(file.toString()) ? message : file + ": " + message, failure);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
