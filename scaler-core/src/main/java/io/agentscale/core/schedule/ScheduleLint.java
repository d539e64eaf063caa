// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import io.agentscale.core.schedule.ScheduleWarning.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks through a plan for what its author hardly meant. */
public final class ScheduleLint {
  /** Long enough for a leap day to come round, wherever it starts. */
  private static final int SEARCH_WEEKS = 10 * 53;

  private final SchedulePlan plan;
  private final Instant from;
  private final Instant to;
  private final List<ScheduleWarning> warnings = new ArrayList<>();

  private ScheduleLint(SchedulePlan plan, Instant from, Instant to) {
    this.plan = plan;
    this.from = from;
    this.to = to;
  }

  /**
   * Returns what is odd about a plan. Clock changes and contradictions are looked for between the
   * two instants; whether a schedule ever comes, in the ten years after the first.
   */
  public static List<ScheduleWarning> warnings(SchedulePlan plan, Instant from, Instant to) {
    ScheduleLint lint = new ScheduleLint(plan, from, to);
    plan.schedules().forEach(lint::check);
    lint.checkConflicts();
    return List.copyOf(lint.warnings);
  }

  private void check(Schedule schedule) {
    boolean comes = checkComes(schedule);
    checkEffect(schedule);
    List<Occurrence> inRange = comes ? plan.occurrences(schedule, from, to) : List.of();
    List<Occurrence> happening = inRange.stream().filter(o -> o.excludedBy().isEmpty()).toList();
    checkRamp(schedule, happening);
    if (!(schedule.start() instanceof Start.OnceInstant)) {
      happening.forEach(occurrence -> checkClock(schedule, occurrence));
    }
  }

  private boolean checkComes(Schedule schedule) {
    if (schedule.start() instanceof Start.Recurring(Cron cron) && !cron.fires()) {
      warn(schedule, Kind.NEVER_TRUE, "start %s names a date that never comes".formatted(cron));
      return false;
    }
    Optional<Exclusion> exclusion = Optional.empty();
    for (int week = 0; week < SEARCH_WEEKS; week++) {
      Instant start = from.plusSeconds(week * Timeline.WEEK_SECONDS);
      for (Occurrence occurrence :
          plan.occurrences(schedule, start, start.plusSeconds(Timeline.WEEK_SECONDS))) {
        if (occurrence.excludedBy().isEmpty()) {
          return true;
        }
        exclusion = occurrence.excludedBy();
      }
    }
    if (exclusion.isPresent()) {
      warn(
          schedule,
          Kind.EXCLUDED_ENTIRELY,
          "every window falls on an excluded date, the last on " + exclusion.get());
    } else if (!(schedule.start() instanceof Start.Recurring)) {
      checkOver(schedule);
    }
    return false;
  }

  private void checkOver(Schedule schedule) {
    Instant past = from.minus(Schedule.MAX_DURATION).minus(Duration.ofDays(2));
    boolean running =
        plan.occurrences(schedule, past, from).stream().anyMatch(o -> o.end().isAfter(from));
    if (!running) {
      warn(schedule, Kind.OVER, "its only window is over, or more than ten years away");
    }
  }

  private void checkEffect(Schedule schedule) {
    if (schedule.target() instanceof Target.Range range) {
      Baseline baseline = plan.baseline();
      range
          .floor()
          .ifPresent(
              floor -> {
                if (floor <= baseline.minReplicas()) {
                  warn(
                      schedule,
                      Kind.NO_EFFECT,
                      "floor %d is not above minReplicas (%d)"
                          .formatted(floor, baseline.minReplicas()));
                }
              });
      range
          .ceiling()
          .ifPresent(
              ceiling -> {
                if (ceiling >= baseline.maxReplicas()) {
                  warn(
                      schedule,
                      Kind.NO_EFFECT,
                      "ceiling %d is not below maxReplicas (%d)"
                          .formatted(ceiling, baseline.maxReplicas()));
                }
              });
    }
  }

  private void checkRamp(Schedule schedule, Collection<Occurrence> happening) {
    Stream<Duration> lengths =
        schedule.end() instanceof End.After(Duration duration)
            ? Stream.of(duration)
            : happening.stream().map(Occurrence::elapsed);
    lengths
        .filter(length -> length.compareTo(schedule.ramp()) < 0)
        .min(Duration::compareTo)
        .ifPresent(
            length ->
                warn(
                    schedule,
                    Kind.SHORTER_THAN_RAMP,
                    "a window of %s is shorter than its ramp of %s"
                        .formatted(Spans.text(length), Spans.text(schedule.ramp()))));
  }

  private void checkClock(Schedule schedule, Occurrence occurrence) {
    WallClock clock = new WallClock(schedule.timeZone());
    if (!occurrence.end().isAfter(occurrence.start())) {
      clockWarning(
          schedule, occurrence, "the clocks jump over the whole window: it does not happen");
    } else if (clock.skips(occurrence.nominalStart())) {
      clockWarning(
          schedule,
          occurrence,
          "the clocks jump over the start: it begins at " + clock.time(occurrence.start()));
    } else if (clock.repeats(occurrence.nominalStart())) {
      clockWarning(schedule, occurrence, "the clock shows the start twice: it begins at the first");
    } else {
      Duration nominal = Duration.between(occurrence.nominalStart(), occurrence.nominalEnd());
      if (!nominal.equals(occurrence.elapsed())) {
        clockWarning(
            schedule,
            occurrence,
            "the clocks change: the window until %s takes %s, not %s"
                .formatted(
                    clock.time(occurrence.end()),
                    Spans.text(occurrence.elapsed()),
                    Spans.text(nominal)));
      }
    }
  }

  private void clockWarning(Schedule schedule, Occurrence occurrence, String what) {
    warn(
        schedule,
        Kind.CLOCK_CHANGE,
        "%s %s: %s".formatted(occurrence.nominalStart(), schedule.timeZone(), what));
  }

  private void checkConflicts() {
    Map<Conflict, Instant> first = new LinkedHashMap<>();
    plan.at(from).conflicts().forEach(conflict -> first.put(conflict, from));
    for (Transition transition : plan.transitionsBetween(from, to)) {
      transition.bounds().conflicts().forEach(c -> first.putIfAbsent(c, transition.at()));
    }
    first.forEach(
        (conflict, at) -> {
          String schedule =
              switch (conflict) {
                case Conflict.FloorAboveCeiling c -> c.floorSchedule();
                case Conflict.DifferentExacts c -> c.schedules().getFirst();
              };
          warnings.add(
              new ScheduleWarning(schedule, Kind.CONFLICT, "from %s %s".formatted(at, conflict)));
        });
  }

  private void warn(Schedule schedule, Kind kind, String message) {
    warnings.add(new ScheduleWarning(schedule.name(), kind, message));
  }
}
