// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.text.ICalReader;
import io.agentscale.core.schedule.HolidayCalendar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The dates an iCalendar file's events cover.
 *
 * <p>An all-day event covers its dates, whatever the zone. A timed event covers every date it
 * touches, as counted in the zone asked about; one without a zone ("floating") the dates it names.
 * Cancelled events cover nothing. Recurring events are followed to the end of {@link #LAST_YEAR}.
 */
public final class IcsCalendar implements HolidayCalendar {
  static final int LAST_YEAR = 2100;

  /** As an event's recurrences add up; a calendar of holidays has some thousands by 2100. */
  static final int MOST_DATES = 200_000;

  /** The reader's remark that a TZID was taken for an IANA name, which is what we want. */
  private static final Integer ZONE_BY_NAME = 37;

  private final Set<LocalDate> dates;
  // For each start the latest end of any event that began by then.
  private final NavigableMap<Instant, Instant> ends;

  private IcsCalendar(Set<LocalDate> dates, NavigableMap<Instant, Instant> ends) {
    this.dates = dates;
    this.ends = ends;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   * @throws IOException if it cannot be read
   */
  public static IcsCalendar read(Path file) throws IOException {
    try (ICalReader reader = new ICalReader(Files.newBufferedReader(file))) {
      return read(reader);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": must be UTF-8 text", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static IcsCalendar parse(String text) {
    try (ICalReader reader = new ICalReader(text)) {
      return read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IcsCalendar read(ICalReader reader) throws IOException {
    Set<LocalDate> dates = new HashSet<>();
    NavigableMap<Instant, Instant> ends = new TreeMap<>();
    ICalendar calendar = reader.readNext();
    if (calendar == null) {
      throw new IllegalArgumentException("must be an iCalendar file, was: without a VCALENDAR");
    }
    // The reader's warnings are those of the calendar it read last.
    for (; calendar != null; calendar = reader.readNext()) {
      refuse(reader.getWarnings());
      add(calendar, dates, ends);
    }
    Instant latest = Instant.MIN;
    for (Map.Entry<Instant, Instant> entry : ends.entrySet()) {
      latest = latest.isAfter(entry.getValue()) ? latest : entry.getValue();
      entry.setValue(latest);
    }
    return new IcsCalendar(dates, ends);
  }

  /** A calendar half understood would leave days out, or in, without a word. */
  private static void refuse(List<ParseWarning> warnings) {
    for (ParseWarning warning : warnings) {
      if (!Objects.equals(warning.getCode(), ZONE_BY_NAME)) {
        String line =
            warning.getLineNumber() == null ? "" : "line " + warning.getLineNumber() + ": ";
        throw new IllegalArgumentException(line + warning.getMessage());
      }
    }
  }

  private static void add(ICalendar calendar, Set<LocalDate> dates, Map<Instant, Instant> ends) {
    Map<String, Set<LocalDateTime>> moved = moved(calendar);
    for (VEvent event : calendar.getEvents()) {
      if (event.getStatus() == null || !event.getStatus().isCancelled()) {
        add(new IcsEvent(event, calendar.getTimezoneInfo(), moved), dates, ends);
      }
    }
  }

  @Override
  public boolean contains(LocalDate date, ZoneId zone) {
    if (dates.contains(date)) {
      return true;
    }
    Map.Entry<Instant, Instant> begun =
        ends.lowerEntry(date.plusDays(1).atStartOfDay(zone).toInstant());
    return begun != null && begun.getValue().isAfter(date.atStartOfDay(zone).toInstant());
  }

  /** Instances with an event of their own, which their series must leave out. */
  private static Map<String, Set<LocalDateTime>> moved(ICalendar calendar) {
    Map<String, Set<LocalDateTime>> moved = new HashMap<>();
    for (VEvent event : calendar.getEvents()) {
      if (event.getRecurrenceId() != null && event.getUid() != null) {
        moved
            .computeIfAbsent(event.getUid().getValue(), _ -> new HashSet<>())
            .add(IcsEvent.start(event, event.getRecurrenceId().getValue(), calendar));
      }
    }
    return moved;
  }

  private static void add(IcsEvent event, Set<LocalDate> dates, Map<Instant, Instant> ends) {
    for (LocalDateTime start : event.starts()) {
      LocalDateTime end = start.plus(event.length());
      if (event.isZoned()) {
        ends.merge(
            start.toInstant(ZoneOffset.UTC),
            end.toInstant(ZoneOffset.UTC),
            (a, b) -> a.isAfter(b) ? a : b);
      } else {
        start
            .toLocalDate()
            .datesUntil(end.minusNanos(1).toLocalDate().plusDays(1))
            .forEach(dates::add);
      }
      if (dates.size() + ends.size() > MOST_DATES) {
        throw new IllegalArgumentException(
            "must cover at most %d dates by %d, was: more".formatted(MOST_DATES, LAST_YEAR));
      }
    }
  }
}
