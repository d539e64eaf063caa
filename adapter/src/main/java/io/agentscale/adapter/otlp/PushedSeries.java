// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.otlp.PushedPoint.Kind;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * One series of one process: its latest value, and what it added up to over the last while. Not
 * safe for several threads.
 *
 * <p>Whatever the temporality, increases are added to a running total. A cumulative point adds its
 * difference to the one before; after a reset, which a new start time or a smaller value tells, its
 * whole value. A delta point adds itself. Where the first point tells its start, the total began at
 * zero then, so that a rate is known from one point on.
 */
final class PushedSeries {
  private final Kind kind;
  private final Deque<Sample> totals = new ArrayDeque<>();
  private double total;
  private double latest;
  private Optional<Instant> start = Optional.empty();

  PushedSeries(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Returns when the latest value was measured. */
  Instant at() {
    return totals.isEmpty() ? Instant.MIN : totals.getLast().at();
  }

  /** Returns the latest value; of a delta series the sum of all deltas seen. */
  double latest() {
    return kind == Kind.DELTA ? total : latest;
  }

  /**
   * Takes a point, unless it is not newer than the one before: an exporter that had no answer sends
   * the same again.
   *
   * @param at when it was measured, not in the future
   */
  void add(PushedPoint point, Instant at, PushLimits limits) {
    boolean first = totals.isEmpty();
    if (!first && !at.isAfter(at())) {
      return;
    }
    Optional<Instant> counted = point.start().filter(began -> began.isBefore(at));
    if (first && counted.isPresent() && kind != Kind.LEVEL) {
      totals.add(new Sample(0, counted.get()));
    }
    total += first && counted.isEmpty() ? 0 : increase(point.value(), counted);
    latest = point.value();
    start = counted;
    append(at, limits);
  }

  /** Says that nothing was added until now, as a delta series does by its absence. */
  void extend(Instant at, PushLimits limits) {
    if (!totals.isEmpty() && at.isAfter(at())) {
      append(at, limits);
    }
  }

  private double increase(double value, Optional<Instant> counted) {
    boolean reset = !counted.equals(start) || value < latest;
    return kind == Kind.DELTA || reset ? value : value - latest;
  }

  private void append(Instant at, PushLimits limits) {
    Sample newest = new Sample(total, at);
    if (totals.size() > 1) {
      Iterator<Sample> backwards = totals.descendingIterator();
      backwards.next();
      if (Duration.between(backwards.next().at(), at).compareTo(limits.spacing()) < 0) {
        totals.removeLast();
      }
    }
    totals.add(newest);
    Instant oldest = at.minus(limits.rateWindow()).minus(limits.spacing());
    while (totals.size() > 2 && totals.getFirst().at().isBefore(oldest)) {
      totals.removeFirst();
    }
  }

  /** The growth per second over the samples since {@code from}; absent with fewer than two. */
  Optional<Rate> rateSince(Instant from) {
    Optional<Sample> first =
        totals.stream().filter(sample -> !sample.at().isBefore(from)).findFirst();
    if (first.isEmpty() || !first.get().at().isBefore(at())) {
      return Optional.empty();
    }
    Duration window = Duration.between(first.get().at(), at());
    double grown = totals.getLast().value() - first.get().value();
    return Optional.of(new Rate(grown / (window.toNanos() / 1e9), window));
  }

  /**
   * How fast a counter grew.
   *
   * @param perSecond never negative for points of a counter
   * @param window over which
   */
  record Rate(double perSecond, Duration window) {}
}
