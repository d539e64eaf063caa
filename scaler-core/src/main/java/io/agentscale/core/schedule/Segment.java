// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Conflict.DifferentExacts;
import io.agentscale.core.schedule.Conflict.FloorAboveCeiling;
import io.agentscale.core.schedule.Influence.Bound;
import io.agentscale.core.schedule.Influence.Motion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which the same pieces are active, resolved into one answer.
 *
 * <p>A ramp runs between its target and what the other schedules <em>hold</em> at that time; other
 * ramps do not count, so the order of schedules never matters.
 */
final class Segment {
  private final Baseline baseline;
  private final List<Piece> pieces;
  private final List<Conflict> conflicts;
  // Known in advance where nothing moves, which is nearly always.
  private final @Nullable ScheduledBounds constant;

  Segment(Baseline baseline, List<Piece> active) {
    this.baseline = baseline;
    pieces =
        active.stream()
            .sorted(Comparator.comparingInt(Piece::order).thenComparing(Piece::bound))
            .toList();
    conflicts = conflicts();
    constant = pieces.stream().allMatch(p -> p.motion() == Motion.HELD) ? resolve(0) : null;
  }

  ScheduledBounds at(long epochMilli) {
    return constant == null ? resolve(epochMilli) : constant;
  }

  private ScheduledBounds resolve(long epochMilli) {
    long openCeiling = baseline.maxReplicas();
    for (Piece piece : pieces) {
      if (piece.bound() == Bound.CEILING && piece.motion() == Motion.HELD) {
        openCeiling = Math.min(openCeiling, piece.target());
      }
    }
    long ceiling = openCeiling;
    for (Piece piece : pieces) {
      if (piece.bound() == Bound.CEILING) {
        ceiling = Math.min(ceiling, value(piece, openCeiling, epochMilli));
      }
    }
    // A ceiling below the baseline's minimum is meant: it is how an environment is shut down.
    long heldFloor = highestHeld(Bound.FLOOR, Math.min(baseline.minReplicas(), ceiling));
    long heldDemand = highestHeld(Bound.DEMAND, 0);

    List<Influence> influences = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      long underlying =
          switch (piece.bound()) {
            case FLOOR, EXACT -> heldFloor;
            case CEILING -> openCeiling;
            case DEMAND -> heldDemand;
          };
      long value = value(piece, underlying, epochMilli);
      influences.add(new Influence(piece.schedule(), piece.bound(), piece.motion(), value));
    }
    return combine(influences, heldFloor, ceiling);
  }

  private ScheduledBounds combine(List<Influence> influences, long heldFloor, long ceiling) {
    long demand = highest(influences, Bound.DEMAND, 0);
    long exact = highest(influences, Bound.EXACT, -1);
    long floor = exact >= 0 ? exact : highest(influences, Bound.FLOOR, heldFloor);
    return new ScheduledBounds(
        (int) floor,
        (int) (exact >= 0 ? exact : Math.max(floor, ceiling)),
        exact >= 0,
        demand > 0 ? Optional.of(Quantity.ofMilli(demand)) : Optional.empty(),
        influences,
        conflicts);
  }

  /** A target on the wrong side of what holds anyway moves nothing: its ramp is flat. */
  private static long value(Piece piece, long underlying, long epochMilli) {
    long foot =
        piece.bound() == Bound.CEILING
            ? Math.max(underlying, piece.target())
            : Math.min(underlying, piece.target());
    return piece.value(foot, epochMilli);
  }

  private long highestHeld(Bound bound, long least) {
    long highest = least;
    for (Piece piece : pieces) {
      if (piece.bound() == bound && piece.motion() == Motion.HELD) {
        highest = Math.max(highest, piece.target());
      }
    }
    return highest;
  }

  private static long highest(List<Influence> influences, Bound bound, long least) {
    long highest = least;
    for (Influence influence : influences) {
      if (influence.bound() == bound) {
        highest = Math.max(highest, influence.value());
      }
    }
    return highest;
  }

  /** Only what is held can conflict: a ramp is preparation for, or the tail of, another time. */
  private List<Conflict> conflicts() {
    List<Piece> exacts = held(Bound.EXACT).toList();
    if (!exacts.isEmpty()) {
      long highest = exacts.stream().mapToLong(Piece::target).max().orElseThrow();
      return exacts.stream().allMatch(p -> p.target() == highest)
          ? List.of()
          : List.of(
              new DifferentExacts(exacts.stream().map(Piece::schedule).toList(), (int) highest));
    }
    Optional<Piece> floor = held(Bound.FLOOR).max(Comparator.comparingLong(Piece::target));
    Optional<Piece> ceiling = held(Bound.CEILING).min(Comparator.comparingLong(Piece::target));
    if (floor.isEmpty() || ceiling.isEmpty() || floor.get().target() <= ceiling.get().target()) {
      return List.of();
    }
    return List.of(
        new FloorAboveCeiling(
            floor.get().schedule(),
            (int) floor.get().target(),
            ceiling.get().schedule(),
            (int) ceiling.get().target()));
  }

  private Stream<Piece> held(Bound bound) {
    return pieces.stream().filter(p -> p.bound() == bound && p.motion() == Motion.HELD);
  }
}
