// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.file;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The requests a file lists, in the order of their arrival. */
public final class FileRequests implements RequestTraffic {
  private final TraceFile file;
  private final RowSource source;
  private final ReadOptions options;
  private final Instant start;
  private @Nullable Instant end;

  private FileRequests(TraceFile file, RowSource source, ReadOptions options, Instant start) {
    this.file = file;
    this.source = source;
    this.options = options;
    this.start = start;
  }

  /**
   * Reads as much of a file as tells when it begins: at the first request, or at the epoch of the
   * options if its times are offsets.
   */
  public static FileRequests of(TraceFile file, RowSource source, ReadOptions options) {
    try (OrderedRows rows = new OrderedRows(file, source, options, false)) {
      if (!rows.next()) {
        throw new InvalidTraceException(file + ": must hold at least one request");
      }
      boolean hasEpoch = rows.row().isOffset() && rows.row().micros() >= 0;
      Instant start = hasEpoch ? options.epoch() : OrderedRows.instant(rows.micros());
      return new FileRequests(file, source, options, start.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public synchronized Instant end() {
    if (end == null) {
      long last = 0;
      try (RequestCursor cursor = open()) {
        while (cursor.next()) {
          last = cursor.arrivalMicros();
        }
      }
      end = start.plus(last + 1, ChronoUnit.MICROS);
    }
    return end;
  }

  @Override
  public RequestCursor open() {
    return new Cursor(
        new OrderedRows(file, source, options, false),
        ChronoUnit.MICROS.between(Instant.EPOCH, start));
  }

  private record Cursor(OrderedRows rows, long startMicros) implements RequestCursor {
    @Override
    public boolean next() {
      return rows.next();
    }

    @Override
    public long arrivalMicros() {
      return rows.micros() - startMicros;
    }

    @Override
    public long inputTokens() {
      return rows.row().inputTokens();
    }

    @Override
    public long outputTokens() {
      return rows.row().outputTokens();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
