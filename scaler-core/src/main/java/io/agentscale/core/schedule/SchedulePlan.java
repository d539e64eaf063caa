// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The schedules of a policy, able to say what they ask for at any instant.
 *
 * <p>Answers depend on the schedules and the instant alone. The week last asked about is kept
 * worked out, so that instants moving forward cost a look-up; a plan may be shared between threads.
 */
public final class SchedulePlan {
  /** The longest {@link #nextTransitions} looks ahead: any cron that fires at all does by then. */
  private static final long SEARCH_WEEKS = 10 * 53;

  private final Baseline baseline;
  private final List<Schedule> schedules;
  private final List<Occurrences> occurrences;
  // A pure function of its week: whichever thread wrote it last, readers get the same answers.
  private volatile @Nullable Timeline current;

  /**
   * Checks schedules against each other and their surroundings.
   *
   * @param calendars by the name schedules exclude them by
   * @throws InvalidScheduleException for two of one name, replicas above the maximum or an unknown
   *     calendar
   */
  public SchedulePlan(
      Baseline baseline, List<Schedule> schedules, Map<String, HolidayCalendar> calendars) {
    this.baseline = baseline;
    this.schedules = List.copyOf(schedules);
    Map<String, HolidayCalendar> known = Map.copyOf(calendars);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < this.schedules.size(); i++) {
      Schedule schedule = this.schedules.get(i);
      try {
        if (!names.add(schedule.name())) {
          throw new InvalidScheduleException(
              "name", "must be used once, was: " + schedule.name() + ", which an earlier one has");
        }
        requireWithin(baseline, schedule.target());
        requireKnown(schedule.exclude(), known);
      } catch (InvalidScheduleException e) {
        throw e.under("schedules[" + i + "]");
      }
    }
    occurrences = this.schedules.stream().map(s -> new Occurrences(s, known)).toList();
  }

  public Baseline baseline() {
    return baseline;
  }

  public List<Schedule> schedules() {
    return schedules;
  }

  /** Returns what the schedules ask for at an instant, to the millisecond. */
  public ScheduledBounds at(Instant instant) {
    Timeline timeline = current;
    if (timeline == null || timeline.week() != Timeline.weekOf(instant)) {
      timeline = timeline(Timeline.weekOf(instant));
      current = timeline;
    }
    return timeline.at(instant);
  }

  /**
   * Returns the next transitions after an instant, soonest first; fewer if no more come in ten
   * years.
   */
  public List<Transition> nextTransitions(int count, Instant after) {
    List<Transition> found = new ArrayList<>();
    long first = Timeline.weekOf(after);
    for (long week = first; week < first + SEARCH_WEEKS && found.size() < count; week++) {
      for (Transition transition : timeline(week).transitions()) {
        if (found.size() < count && transition.at().isAfter(after)) {
          found.add(transition);
        }
      }
    }
    return found;
  }

  /** Returns the transitions after one instant and before another. */
  public List<Transition> transitionsBetween(Instant after, Instant before) {
    List<Transition> found = new ArrayList<>();
    for (long week = Timeline.weekOf(after); week <= Timeline.weekOf(before); week++) {
      for (Transition transition : timeline(week).transitions()) {
        if (transition.at().isAfter(after) && transition.at().isBefore(before)) {
          found.add(transition);
        }
      }
    }
    return found;
  }

  /** Returns the windows of a schedule that start in a span, those excluded included. */
  public List<Occurrence> occurrences(Schedule schedule, Instant from, Instant to) {
    return occurrences.get(schedules.indexOf(schedule)).startingIn(from, to);
  }

  private Timeline timeline(long week) {
    return new Timeline(week, baseline, schedules, occurrences);
  }

  private static void requireWithin(Baseline baseline, Target target) {
    switch (target) {
      case Target.Range(OptionalInt floor, _) ->
          floor.ifPresent(value -> requireAtMost("replicas.floor", value, baseline));
      case Target.Exact(int replicas) -> requireAtMost("replicas.exact", replicas, baseline);
      case Target.Demand _ -> {}
    }
  }

  private static void requireAtMost(String field, int value, Baseline baseline) {
    if (value > baseline.maxReplicas()) {
      throw new InvalidScheduleException(
          field,
          "must be at most maxReplicas (%d), was: %d".formatted(baseline.maxReplicas(), value));
    }
  }

  private static void requireKnown(
      List<Exclusion> exclusions, Map<String, HolidayCalendar> calendars) {
    for (int i = 0; i < exclusions.size(); i++) {
      if (exclusions.get(i) instanceof Exclusion.Calendar(String name)
          && !calendars.containsKey(name)) {
        throw new InvalidScheduleException(
            "exclude[" + i + "]",
            "must name a known calendar (%s), was: %s"
                .formatted(
                    calendars.isEmpty()
                        ? "none is given"
                        : String.join(", ", new TreeSet<>(calendars.keySet())),
                    name));
      }
    }
  }
}
