// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateStart;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.iter.RecurrenceIterator;
import biweekly.util.com.google.ical.iter.RecurrenceIteratorFactory;
import biweekly.util.com.google.ical.values.DateTimeValue;
import biweekly.util.com.google.ical.values.DateTimeValueImpl;
import biweekly.util.com.google.ical.values.DateValue;
import biweekly.util.com.google.ical.values.DateValueImpl;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * One event of an iCalendar file with its recurrences.
 *
 * <p>Its times are UTC where the event has a zone, and otherwise the wall clock's of whoever reads
 * it, as for all-day events; never those of the machine's own zone, which the library would use.
 */
final class IcsEvent {
  private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);

  private final VEvent event;
  private final DateStart start;
  private final @Nullable TimeZone zone;
  private final Set<LocalDateTime> moved;

  IcsEvent(VEvent event, TimezoneInfo zones, Map<String, Set<LocalDateTime>> moved) {
    this.event = event;
    this.start = dateStart(event);
    this.zone = zone(start, zones);
    // An event that replaces one instance is not itself a series.
    this.moved =
        event.getRecurrenceId() != null || event.getUid() == null
            ? Set.of()
            : moved.getOrDefault(event.getUid().getValue(), Set.of());
    if (!event.getExceptionRules().isEmpty()) {
      throw new IllegalArgumentException(
          "event %s: must use EXDATE, was: EXRULE, which is obsolete".formatted(name(event)));
    }
  }

  boolean isZoned() {
    return zone != null;
  }

  /** Returns how long each instance lasts; an event without an end is its date, or a moment. */
  Duration length() {
    if (event.getDateEnd() != null) {
      ICalDate end = event.getDateEnd().getValue();
      return positive(
          isZoned()
              ? Duration.ofMillis(end.getTime() - start.getValue().getTime())
              : Duration.between(wall(start.getValue()), wall(end)));
    }
    if (event.getDuration() != null) {
      return positive(Duration.ofMillis(event.getDuration().getValue().toMillis()));
    }
    return start.getValue().hasTime() ? Duration.ofSeconds(1) : Duration.ofDays(1);
  }

  private static Duration positive(Duration length) {
    return length.isPositive() ? length : Duration.ofSeconds(1);
  }

  /** Returns the starts of all instances up to the last year followed. */
  Set<LocalDateTime> starts() {
    Set<LocalDateTime> starts = new HashSet<>();
    if (event.getRecurrenceRule() == null) {
      starts.add(start(start.getValue(), zone));
    } else {
      addRecurrences(starts);
    }
    event
        .getRecurrenceDates()
        .forEach(
            dates -> {
              dates.getDates().forEach(date -> starts.add(start(date, zone)));
              dates.getPeriods().forEach(p -> starts.add(start(p.getStartDate(), zone)));
            });
    starts.removeAll(moved);
    removeExceptions(starts);
    return starts;
  }

  private void addRecurrences(Set<LocalDateTime> starts) {
    RecurrenceIterator instances =
        RecurrenceIteratorFactory.createRecurrenceIterator(
            event.getRecurrenceRule().getValue(), firstValue(), zone == null ? UTC : zone);
    while (instances.hasNext()) {
      LocalDateTime instance = time(instances.next());
      if (instance.getYear() > IcsCalendar.LAST_YEAR || starts.size() > IcsCalendar.MOST_DATES) {
        return;
      }
      starts.add(instance);
    }
  }

  private void removeExceptions(Set<LocalDateTime> starts) {
    Set<LocalDateTime> times = new HashSet<>();
    Set<LocalDate> days = new HashSet<>();
    event.getExceptionDates().stream()
        .flatMap(dates -> dates.getValues().stream())
        .forEach(
            date -> {
              if (date.hasTime()) {
                times.add(start(date, zone));
              } else {
                days.add(wall(date).toLocalDate());
              }
            });
    starts.removeIf(instance -> times.contains(instance) || days.contains(localDate(instance)));
  }

  private LocalDate localDate(LocalDateTime instance) {
    if (zone == null) {
      return instance.toLocalDate();
    }
    long offsetMillis = zone.getOffset(instance.toInstant(ZoneOffset.UTC).toEpochMilli());
    return instance.plus(Duration.ofMillis(offsetMillis)).toLocalDate();
  }

  private DateValue firstValue() {
    DateTimeComponents first = start.getValue().getRawComponents();
    return start.getValue().hasTime()
        ? new DateTimeValueImpl(
            first.getYear(),
            first.getMonth(),
            first.getDate(),
            first.getHour(),
            first.getMinute(),
            first.getSecond())
        : new DateValueImpl(first.getYear(), first.getMonth(), first.getDate());
  }

  /** Returns how an event counts the start of one of its instances. */
  static LocalDateTime start(VEvent event, ICalDate date, ICalendar calendar) {
    return start(date, zone(dateStart(event), calendar.getTimezoneInfo()));
  }

  private static LocalDateTime start(ICalDate date, @Nullable TimeZone zone) {
    return zone == null ? wall(date) : LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
  }

  private static @Nullable TimeZone zone(DateStart start, TimezoneInfo zones) {
    ICalDate value = start.getValue();
    if (!value.hasTime() || zones.isFloating(start)) {
      return null;
    }
    TimezoneAssignment assigned = zones.getTimezone(start);
    return assigned == null ? UTC : assigned.getTimeZone();
  }

  private static DateStart dateStart(VEvent event) {
    DateStart start = event.getDateStart();
    if (start == null || start.getValue() == null) {
      throw new IllegalArgumentException(
          "event %s: must have a DTSTART, was: without".formatted(name(event)));
    }
    return start;
  }

  private static String name(VEvent event) {
    return event.getUid() == null ? "without UID" : event.getUid().getValue();
  }

  private static LocalDateTime wall(ICalDate date) {
    DateTimeComponents raw = date.getRawComponents();
    return LocalDateTime.of(
        raw.getYear(),
        raw.getMonth(),
        raw.getDate(),
        raw.getHour(),
        raw.getMinute(),
        raw.getSecond());
  }

  private static LocalDateTime time(DateValue value) {
    LocalDate day = LocalDate.of(value.year(), value.month(), value.day());
    return value instanceof DateTimeValue time
        ? day.atTime(time.hour(), time.minute(), time.second())
        : day.atStartOfDay();
  }
}
