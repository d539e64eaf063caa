// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.dump.DumpSamples.Sample;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sum of a dump's series as one rate.
 *
 * <p>Between two samples a counter's rate is its increase over their distance, where a value below
 * the one before is an increase from zero, since the counter began again; a gauge is a rate
 * already, and the first of two samples holds until the second. Samples further apart than five
 * minutes, or two steps if that is longer, tell nothing of the time between them, and neither does
 * NaN, with which Prometheus marks the end of a series.
 */
public final class DumpRates implements RateTraffic {
  /** Prometheus' own: older samples are not looked at. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private static final int LOOKED_AT = 1000;
  private static final long MOST_STEPS = 50_000_000;

  private final Instant start;
  private final Duration step;
  private final int steps;
  private final StepGrid grid;

  private DumpRates(Instant start, Duration step, int steps, StepGrid grid) {
    this.start = start;
    this.step = step;
    this.steps = steps;
    this.grid = grid;
  }

  /** Reads a dump twice: for its times, then for its values. */
  public static DumpRates of(TraceFile file, DumpDialect dialect, ReadOptions options) {
    DumpSamples samples = new DumpSamples(file, dialect, options);
    Times times = new Times();
    samples.read(times);
    Duration step = options.step().orElseGet(() -> times.usualDistance(file));
    long millis = step.toMillis();
    long steps = Math.ceilDiv(times.last - times.first, millis);
    if (steps < 1 || steps > MOST_STEPS) {
      throw new InvalidTraceException(
          "%s: must span from 1 to %d steps of %s, spans %d: is a time or the step wrong?"
              .formatted(file, MOST_STEPS, step, steps));
    }
    StepGrid grid = new StepGrid(times.first, millis, (int) steps);
    samples.read(new Filler(grid, Math.max(LOOK_BACK.toMillis(), 2 * millis)));
    return new DumpRates(Instant.ofEpochMilli(times.first), step, (int) steps, grid);
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public Instant end() {
    return start.plus(step.multipliedBy(steps));
  }

  @Override
  public Duration step() {
    return step;
  }

  @Override
  public RateCursor open() {
    return grid.open();
  }

  /** When the dump begins and ends, and how far apart samples usually are. */
  private static final class Times implements DumpSamples.Listener {
    private final long[] distances = new long[LOOKED_AT];
    private int measured;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    @Override
    public void sample(boolean isCounter, Optional<Sample> before, Sample now) {
      first = Math.min(first, now.millis());
      last = Math.max(last, now.millis());
      if (before.isPresent() && measured < LOOKED_AT) {
        distances[measured++] = now.millis() - before.get().millis();
      }
    }

    Duration usualDistance(TraceFile file) {
      if (measured == 0) {
        throw new InvalidTraceException(file + ": must hold at least two samples of a series");
      }
      Arrays.sort(distances, 0, measured);
      return Duration.ofMillis(distances[(measured - 1) / 2]);
    }
  }

  /** Puts what lies between two samples into the grid. */
  private record Filler(StepGrid grid, long longestMillis) implements DumpSamples.Listener {
    @Override
    public void sample(boolean isCounter, Optional<Sample> before, Sample now) {
      if (before.isEmpty()) {
        return;
      }
      Sample from = before.get();
      long length = now.millis() - from.millis();
      boolean hasEnded = Double.isNaN(from.value()) || (isCounter && Double.isNaN(now.value()));
      if (hasEnded || length > longestMillis) {
        return;
      }
      grid.add(from.millis(), now.millis(), isCounter ? rate(from, now, length) : from.value());
    }

    private static double rate(Sample from, Sample now, long length) {
      double increase = now.value() < from.value() ? now.value() : now.value() - from.value();
      return increase * 1000 / length;
    }
  }
}
