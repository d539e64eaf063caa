// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import io.agentscale.core.schedule.Influence.Bound;
import io.agentscale.core.schedule.Influence.Motion;
import io.agentscale.core.schedule.Transition.Change;
import io.agentscale.core.schedule.Transition.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * One week of a plan worked out in advance: segments to look instants up in, and their corners.
 *
 * <p>Weeks lie on a fixed grid, so that a week's timeline depends on the schedules alone and not on
 * who asked for it first.
 */
final class Timeline {
  static final long WEEK_SECONDS = Duration.ofDays(7).toSeconds();

  private final long week;
  private final long[] segmentStarts;
  private final List<Segment> segments;
  private final TreeMap<Long, List<Change>> changes = new TreeMap<>();

  Timeline(long week, Baseline baseline, List<Schedule> schedules, List<Occurrences> occurrences) {
    this.week = week;
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < schedules.size(); i++) {
      Schedule schedule = schedules.get(i);
      // Beyond three ramps an edge can neither move a value in this week nor shorten a ramp in it.
      long margin = 3 * schedule.ramp().toSeconds() + 1;
      List<Window> windows =
          occurrences
              .get(i)
              .windows(
                  Instant.ofEpochSecond(start() - margin), Instant.ofEpochSecond(end() + margin));
      for (Window window : windows) {
        lay(i, schedule, window, pieces);
      }
    }
    changes.keySet().removeIf(second -> second < start() || second >= end());
    segmentStarts = corners(pieces);
    segments = segments(baseline, pieces);
  }

  static long weekOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), WEEK_SECONDS);
  }

  long week() {
    return week;
  }

  ScheduledBounds at(Instant instant) {
    int found = Arrays.binarySearch(segmentStarts, instant.getEpochSecond());
    return segments.get(found >= 0 ? found : -found - 2).at(instant.toEpochMilli());
  }

  /** Returns the week's transitions in order. */
  List<Transition> transitions() {
    List<Transition> transitions = new ArrayList<>(changes.size());
    for (Map.Entry<Long, List<Change>> entry : changes.entrySet()) {
      Instant at = Instant.ofEpochSecond(entry.getKey());
      transitions.add(new Transition(at, entry.getValue(), at(at)));
    }
    return transitions;
  }

  private long start() {
    return week * WEEK_SECONDS;
  }

  private long end() {
    return start() + WEEK_SECONDS;
  }

  private void lay(int order, Schedule schedule, Window window, List<Piece> pieces) {
    change(window.start(), schedule, Event.START);
    change(window.end(), schedule, Event.END);
    switch (schedule.target()) {
      case Target.Range range -> {
        range.floor().ifPresent(v -> layRising(order, schedule, Bound.FLOOR, v, window, pieces));
        range.ceiling().ifPresent(v -> layCeiling(order, schedule, v, window, pieces));
      }
      case Target.Exact(int replicas) ->
          layRising(order, schedule, Bound.EXACT, replicas, window, pieces);
      case Target.Demand demand ->
          layRising(order, schedule, Bound.DEMAND, demand.atLeast().milli(), window, pieces);
    }
  }

  private void layRising(
      int order, Schedule schedule, Bound bound, long target, Window window, List<Piece> pieces) {
    String name = schedule.name();
    long start = window.start();
    long end = window.end();
    pieces.add(new Piece(order, name, bound, Motion.HELD, start, end, target));
    long ramp = schedule.ramp().toSeconds();
    if (ramp > 0) {
      // Outside its window an exact number must not bind anybody: its ramps are floors.
      Bound way = bound == Bound.EXACT ? Bound.FLOOR : bound;
      pieces.add(new Piece(order, name, way, Motion.APPROACHING, start - ramp, start, target));
      pieces.add(new Piece(order, name, way, Motion.LEAVING, end, end + ramp, target));
      change(start - ramp, schedule, Event.RAMP_UP);
      change(end + ramp, schedule, Event.RAMP_DOWN_DONE);
    }
  }

  private void layCeiling(
      int order, Schedule schedule, long target, Window window, List<Piece> pieces) {
    String name = schedule.name();
    // Down and up again have to fit into the window.
    long ramp = Math.min(schedule.ramp().toSeconds(), (window.end() - window.start()) / 2);
    long reached = window.start() + ramp;
    long lifting = window.end() - ramp;
    if (ramp > 0) {
      pieces.add(
          new Piece(
              order, name, Bound.CEILING, Motion.APPROACHING, window.start(), reached, target));
      pieces.add(
          new Piece(order, name, Bound.CEILING, Motion.LEAVING, lifting, window.end(), target));
      change(reached, schedule, Event.CEILING_REACHED);
      change(lifting, schedule, Event.CEILING_LIFTING);
    }
    pieces.add(new Piece(order, name, Bound.CEILING, Motion.HELD, reached, lifting, target));
  }

  private void change(long second, Schedule schedule, Event event) {
    changes.computeIfAbsent(second, _ -> new ArrayList<>()).add(new Change(schedule.name(), event));
  }

  private long[] corners(List<Piece> pieces) {
    return LongStream.concat(
            LongStream.of(start()),
            pieces.stream().flatMapToLong(piece -> LongStream.of(piece.from(), piece.to())))
        .filter(second -> second >= start() && second < end())
        .sorted()
        .distinct()
        .toArray();
  }

  private List<Segment> segments(Baseline baseline, List<Piece> pieces) {
    List<Piece> waiting = new ArrayList<>(pieces);
    waiting.sort(Comparator.comparingLong(Piece::from));
    List<Segment> built = new ArrayList<>(segmentStarts.length);
    List<Piece> active = new ArrayList<>();
    int next = 0;
    for (long second : segmentStarts) {
      while (next < waiting.size() && waiting.get(next).from() <= second) {
        active.add(waiting.get(next++));
      }
      active.removeIf(piece -> piece.to() <= second);
      built.add(new Segment(baseline, active));
    }
    return List.copyOf(built);
  }
}
