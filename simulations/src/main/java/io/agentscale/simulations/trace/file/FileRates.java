// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.file;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rates a file holds a row per step.
 *
 * <p>Steps begin with the first row. They are as long as the median distance of the first rows, and
 * each row counts for the step whose beginning is nearest; or as long as a person says, and each
 * row counts for the step it lies in. Several rows of one step are added if they are counts,
 * averaged if they are rates. A step without a row, or whose rows are empty, is unknown.
 */
public final class FileRates implements RateTraffic {
  private static final int LOOKED_AT = 1001;

  private final TraceFile file;
  private final RowSource source;
  private final ReadOptions options;
  private final Instant start;
  private final Duration step;
  private @Nullable Instant end;

  private FileRates(
      TraceFile file, RowSource source, ReadOptions options, Instant start, Duration step) {
    this.file = file;
    this.source = source;
    this.options = options;
    this.start = start;
    this.step = step;
  }

  /** Reads as much of a file as tells when it begins and how long its steps are. */
  public static FileRates of(TraceFile file, RowSource source, ReadOptions options) {
    try (OrderedRows rows = new OrderedRows(file, source, options, true)) {
      if (!rows.next()) {
        throw new InvalidTraceException(file + ": must hold at least one row with a time");
      }
      Instant start = Instant.ofEpochMilli(Math.floorDiv(rows.micros(), 1000));
      Duration step = options.step().orElseGet(() -> usualDistance(file, rows));
      return new FileRates(file, source, options, start, step);
    }
  }

  private static Duration usualDistance(TraceFile file, OrderedRows rows) {
    long[] distances = new long[LOOKED_AT - 1];
    int count = 0;
    long previous = rows.micros();
    while (count < distances.length && rows.next()) {
      distances[count++] = rows.micros() - previous;
      previous = rows.micros();
    }
    if (count == 0) {
      throw new InvalidTraceException(
          file + ": must hold at least two rows, or the length of a step must be given");
    }
    Arrays.sort(distances, 0, count);
    return Duration.ofMillis(Math.max(1, Math.round(distances[(count - 1) / 2] / 1e3)));
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public Duration step() {
    return step;
  }

  @Override
  public synchronized Instant end() {
    if (end == null) {
      long last = start.toEpochMilli();
      try (RateCursor cursor = open()) {
        while (cursor.next()) {
          last = cursor.startMillis();
        }
      }
      end = Instant.ofEpochMilli(last).plus(step);
    }
    return end;
  }

  @Override
  public RateCursor open() {
    return new Cursor(this);
  }

  private static final class Cursor extends StepCursor {
    private final OrderedRows rows;
    private final long firstMicros;
    private final long stepMicros;
    private final long earlyMicros;
    private boolean hasRow;
    private long rowStep;

    Cursor(FileRates rates) {
      super(rates.start.toEpochMilli(), rates.step.toMillis());
      this.rows = new OrderedRows(rates.file, rates.source, rates.options, true);
      this.firstMicros = rates.start.toEpochMilli() * 1000;
      this.stepMicros = rates.step.toMillis() * 1000;
      this.earlyMicros = rates.options.step().isPresent() ? 0 : stepMicros / 2;
    }

    private void advance() {
      hasRow = rows.next();
      if (hasRow) {
        rowStep = Math.floorDiv(rows.micros() - firstMicros + earlyMicros, stepMicros);
      }
    }

    @Override
    public boolean next() {
      if (moved() == 0) {
        advance();
      }
      if (!hasRow) {
        return false;
      }
      long step = moved();
      if (rowStep > step) {
        return unknown();
      }
      double sum = 0;
      int count = 0;
      boolean isCount = false;
      while (hasRow && rowStep == step) {
        double value = rows.row().value();
        if (!Double.isNaN(value)) {
          isCount = rows.row().isCount();
          sum += value;
          count++;
        }
        advance();
      }
      if (count == 0) {
        return unknown();
      }
      return known(isCount ? sum * 1e6 / stepMicros : sum / count);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
