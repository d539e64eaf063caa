// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The windows of one schedule, found by search around the times asked for. */
final class Occurrences {
  /** More than any zone's clocks have ever jumped (24 hours, when a zone crosses the date line). */
  private static final Duration SLACK = Duration.ofDays(2);

  private static final LocalDateTime NEVER = LocalDateTime.MAX;

  private final Schedule schedule;
  private final Map<String, HolidayCalendar> calendars;
  private final WallClock clock;

  Occurrences(Schedule schedule, Map<String, HolidayCalendar> calendars) {
    this.schedule = schedule;
    this.calendars = calendars;
    this.clock = new WallClock(schedule.timeZone());
  }

  /** Returns those that start in a span, excluded ones included, in order. */
  List<Occurrence> startingIn(Instant from, Instant to) {
    List<Occurrence> found = new ArrayList<>();
    LocalDateTime limit = clock.time(to).plus(SLACK);
    for (LocalDateTime start = firstStart(clock.time(from).minus(SLACK));
        start.isBefore(limit);
        start = nextStart(start)) {
      Occurrence occurrence = occurrence(start);
      if (!occurrence.start().isBefore(from)
          && occurrence.start().isBefore(to)
          && !clock.skips(start.toLocalDate())) {
        found.add(occurrence);
      }
    }
    return found;
  }

  /**
   * Returns the time covered by the windows that touch a span: in order, overlapping and adjoining
   * ones joined. Edges outside the span need not be true edges.
   */
  List<Window> windows(Instant from, Instant to) {
    List<Window> joined = new ArrayList<>();
    LocalDateTime limit = clock.time(to).plus(SLACK);
    LocalDateTime start = firstStart(earliestStartReaching(clock.time(from).minus(SLACK)));
    while (start.isBefore(limit)) {
      if (!mayStart(start)) {
        start = nextStart(start);
        continue;
      }
      Occurrence occurrence = occurrence(start);
      if (occurrence.end().isAfter(from) && occurrence.start().isBefore(to)) {
        join(joined, occurrence);
      }
      start = startAfter(occurrence);
    }
    return joined;
  }

  private boolean mayStart(LocalDateTime start) {
    return excludedBy(start.toLocalDate()).isEmpty() && !clock.skips(start.toLocalDate());
  }

  private static void join(List<Window> windows, Occurrence next) {
    long start = next.start().getEpochSecond();
    long end = next.end().getEpochSecond();
    if (end <= start) {
      return;
    }
    if (!windows.isEmpty() && windows.getLast().end() >= start) {
      Window last = windows.removeLast();
      start = last.start();
      end = Math.max(last.end(), end);
    }
    windows.add(new Window(start, end));
  }

  private Occurrence occurrence(LocalDateTime start) {
    Instant begins =
        schedule.start() instanceof Start.OnceInstant(Instant time) ? time : clock.instant(start);
    LocalDateTime nominalEnd = nominalEnd(start, begins);
    Instant ends =
        schedule.start() instanceof Start.OnceInstant && schedule.end() instanceof End.After after
            ? begins.plus(after.duration())
            : clock.instant(nominalEnd);
    return new Occurrence(start, nominalEnd, begins, ends, excludedBy(start.toLocalDate()));
  }

  private LocalDateTime nominalEnd(LocalDateTime start, Instant begins) {
    return switch (schedule.end()) {
      case End.After(Duration duration) -> clock.time(begins).plus(duration);
      case End.At(Cron cron) -> cron.nextOrSame(start.plusMinutes(1)).orElse(NEVER);
    };
  }

  private Optional<Exclusion> excludedBy(LocalDate date) {
    return schedule.exclude().stream().filter(exclusion -> covers(exclusion, date)).findFirst();
  }

  private boolean covers(Exclusion exclusion, LocalDate date) {
    return switch (exclusion) {
      case Exclusion.Days(LocalDate first, LocalDate last) ->
          !date.isBefore(first) && !date.isAfter(last);
      case Exclusion.Calendar(String name) ->
          requireNonNull(calendars.get(name)).contains(date, schedule.timeZone());
    };
  }

  /** Returns a time before which no window starts that reaches the given time. */
  private LocalDateTime earliestStartReaching(LocalDateTime time) {
    return switch (schedule.end()) {
      case End.After(Duration duration) -> time.minus(duration);
      // A window that started before an end is over at that end.
      case End.At(Cron cron) -> cron.previousOrSame(time).orElse(time);
    };
  }

  private LocalDateTime firstStart(LocalDateTime from) {
    LocalDateTime start =
        switch (schedule.start()) {
          case Start.Recurring(Cron cron) -> cron.nextOrSame(from).orElse(NEVER);
          case Start.OnceLocal(LocalDateTime time) -> time;
          case Start.OnceInstant(Instant time) -> clock.time(time);
        };
    return start.isBefore(from) ? NEVER : start;
  }

  private LocalDateTime nextStart(LocalDateTime start) {
    return firstStart(start.plusMinutes(1));
  }

  /**
   * Returns the next start worth looking at. Starts before a window is over only lengthen it, and
   * the last of them lengthens it most; skipping the others keeps {@code * * * * *} for 30 days
   * cheap.
   */
  private LocalDateTime startAfter(Occurrence occurrence) {
    LocalDateTime next = nextStart(occurrence.nominalStart());
    if (schedule.start() instanceof Start.Recurring(Cron cron)
        && next.isBefore(occurrence.nominalEnd())) {
      LocalDateTime last = cron.previousOrSame(occurrence.nominalEnd()).orElse(next);
      if (last.isAfter(next) && mayStart(last)) {
        return last;
      }
    }
    return next;
  }
}
