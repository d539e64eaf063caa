// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.prometheus;

import io.agentscale.adapter.prometheus.LabelledSeries;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusException;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.core.metric.Sample;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Reads a range of a Prometheus' past, piece by piece.
 *
 * <p>Pieces that are over are kept in a directory and not asked for again, so a reading that was
 * interrupted goes on where it was. A sample's value is the rate (or another amount that is asked
 * for) of the step that begins with it; a step without a sample, or with NaN or an infinity, is
 * unknown. Several series are added up.
 */
public final class PrometheusRange {
  /** How late a sample may still be written: remote writers and rules lag behind. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** So many of the pieces are there. */
    void reached(int done, int total);
  }

  private final PrometheusClient client;
  private final Path cache;

  /** Takes whom to ask, and where to keep what was answered. */
  public PrometheusRange(PrometheusClient client, Path cache) {
    this.client = client;
    this.cache = cache;
  }

  /**
   * Returns the answer, once all of it is in the cache.
   *
   * @param now of which the past ends
   * @throws InvalidTraceException if Prometheus does not answer, or not with rates
   */
  public RateTraffic fetch(RangeQuestion question, Instant now, Progress progress) {
    try {
      PieceStore store = PieceStore.of(cache, question);
      List<Long> starts = new ArrayList<>();
      for (long start = question.pieceOf(question.from());
          start < question.to().toEpochMilli();
          start += question.pieceMillis()) {
        starts.add(start);
      }
      List<Path> files = new ArrayList<>();
      for (long start : starts) {
        progress.reached(files.size(), starts.size());
        files.add(piece(question, store, start, now));
      }
      progress.reached(files.size(), starts.size());
      return new FetchedRange(question, files);
    } catch (IOException e) {
      throw new UncheckedIOException(cache + ": " + e.getMessage(), e);
    }
  }

  private Path piece(RangeQuestion question, PieceStore store, long start, Instant now)
      throws IOException {
    Path file = store.file(start);
    if (Files.exists(file)) {
      return file;
    }
    long end = start + question.pieceMillis();
    boolean isOver = end <= now.minus(SETTLED).toEpochMilli();
    Path written = isOver ? file : store.unfinished(start);
    // The last point is that of the last step; the end itself begins the next piece.
    Instant last = Instant.ofEpochMilli(end).minus(question.step());
    store.write(
        written,
        ask(question, store, Instant.ofEpochMilli(start), now.isBefore(last) ? now : last));
    return written;
  }

  private SortedMap<Long, Double> ask(
      RangeQuestion question, PieceStore store, Instant from, Instant to) {
    try {
      return sum(
          question, client.queryRange(question.query(), from, to, question.step()).join().data());
    } catch (CompletionException e) {
      if (e.getCause() instanceof PrometheusException failure) {
        throw new InvalidTraceException(
            "%s: what was answered is kept in %s, and asking again goes on from there"
                .formatted(failure.getMessage(), store.directory()),
            failure);
      }
      throw e;
    }
  }

  private static SortedMap<Long, Double> sum(RangeQuestion question, QueryResult result) {
    if (!(result instanceof QueryResult.Matrix matrix)) {
      throw new InvalidTraceException(
          "query: must give series over time, was: " + question.query());
    }
    SortedMap<Long, Double> sums = new TreeMap<>();
    for (LabelledSeries series : matrix.rows()) {
      for (Sample sample : series.samples()) {
        if (sample.value() < 0) {
          throw new InvalidTraceException(
              "query: must give amounts from 0 up, was: %s at %s for %s"
                  .formatted(sample.value(), sample.at(), question.query()));
        }
        sums.merge(sample.at().toEpochMilli(), sample.value(), Double::sum);
      }
    }
    sums.values().removeIf(rate -> !Double.isFinite(rate));
    return sums;
  }
}
