// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import io.agentscale.simulations.trace.QuantileSketch;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one reading of traffic tells about it. */
final class TraceSummary {
  /** Of a request trace, the steps its rates are told over. */
  static final Duration BIN = Duration.ofMinutes(1);

  private final Traffic traffic;
  private final QuantileSketch rates = new QuantileSketch();
  private final QuantileSketch inputTokens = new QuantileSketch();
  private final QuantileSketch outputTokens = new QuantileSketch();
  private double requests;
  private long steps;
  private final GapCount gaps = new GapCount();

  private TraceSummary(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Steps nobody measured, as runs of them. */
  static final class GapCount {
    private long runs;
    private long steps;
    private long longest;
    private long current;
    private @Nullable Instant first;

    private void unknown(long startMillis) {
      if (first == null) {
        first = Instant.ofEpochMilli(startMillis);
      }
      runs += current == 0 ? 1 : 0;
      steps++;
      current++;
      longest = Math.max(longest, current);
    }

    private void known() {
      current = 0;
    }

    long runs() {
      return runs;
    }

    long steps() {
      return steps;
    }

    long longest() {
      return longest;
    }

    Optional<Instant> first() {
      return Optional.ofNullable(first);
    }
  }

  /** Reads the whole of it. */
  static TraceSummary of(Traffic traffic) {
    TraceSummary summary = new TraceSummary(traffic);
    switch (traffic) {
      case RateTraffic series -> summary.read(series);
      case RequestTraffic list -> {
        summary.read(list);
        summary.read(list.binned(BIN));
      }
    }
    return summary;
  }

  private void read(RateTraffic series) {
    double stepSeconds = series.step().toMillis() / 1e3;
    double sum = 0;
    try (RateCursor cursor = series.open()) {
      while (cursor.next()) {
        steps++;
        if (cursor.isKnown()) {
          gaps.known();
          rates.add(cursor.requestsPerSecond());
          sum += cursor.requestsPerSecond() * stepSeconds;
        } else {
          gaps.unknown(cursor.startMillis());
        }
      }
    }
    requests = sum;
  }

  private void read(RequestTraffic list) {
    try (RequestCursor cursor = list.open()) {
      while (cursor.next()) {
        add(inputTokens, cursor.inputTokens());
        add(outputTokens, cursor.outputTokens());
      }
    }
  }

  private static void add(QuantileSketch sketch, long tokens) {
    if (tokens != RequestCursor.NO_TOKENS) {
      sketch.add((double) tokens);
    }
  }

  Traffic traffic() {
    return traffic;
  }

  boolean isRequests() {
    return traffic instanceof RequestTraffic;
  }

  Duration step() {
    return traffic instanceof RateTraffic series ? series.step() : BIN;
  }

  long steps() {
    return steps;
  }

  /** Returns how many there are; of a series, the sum over its known steps. */
  double requests() {
    return requests;
  }

  QuantileSketch rates() {
    return rates;
  }

  GapCount gaps() {
    return gaps;
  }

  QuantileSketch inputTokens() {
    return inputTokens;
  }

  QuantileSketch outputTokens() {
    return outputTokens;
  }
}
