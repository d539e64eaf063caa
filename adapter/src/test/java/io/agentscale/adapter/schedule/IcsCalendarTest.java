// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A holiday read a day off scales a service down on a working day. */
final class IcsCalendarTest {
  @TempDir private Path directory;

  record Case(String name, String zone, String event, List<String> covered, List<String> free) {}

  static Stream<Case> dates() {
    return Stream.of(
        of("one day", "UTC", "DTSTART;VALUE=DATE:20261225", "2026-12-25", "2026-12-24 2026-12-26"),
        of(
            "several days, the end not included",
            "Asia/Shanghai",
            "DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261004",
            "2026-10-01 2026-10-02 2026-10-03",
            "2026-09-30 2026-10-04"),
        of(
            "days by duration",
            "Pacific/Auckland",
            "DTSTART;VALUE=DATE:20261001\nDURATION:P2D",
            "2026-10-01 2026-10-02",
            "2026-09-30 2026-10-03"),
        of(
            "yearly, with an exception",
            "America/New_York",
            "DTSTART;VALUE=DATE:20251225\nDTEND;VALUE=DATE:20251227\nRRULE:FREQ=YEARLY\n"
                + "EXDATE;VALUE=DATE:20271225",
            "2025-12-25 2026-12-26 2028-12-25 2100-12-25",
            "2024-12-25 2027-12-25 2027-12-26 2101-12-25"),
        of(
            "fourth Thursday in November",
            "UTC",
            "DTSTART;VALUE=DATE:20251127\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            "2026-11-26 2027-11-25",
            "2026-11-27"),
        of(
            "last Friday, thrice",
            "UTC",
            "DTSTART;VALUE=DATE:20260130\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3",
            "2026-01-30 2026-02-27 2026-03-27",
            "2026-04-24"),
        of(
            "weekly until a day",
            "UTC",
            "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;UNTIL=20260119",
            "2026-01-05 2026-01-12 2026-01-19",
            "2026-01-26"),
        of(
            "extra dates",
            "UTC",
            "DTSTART;VALUE=DATE:20260105\nRDATE;VALUE=DATE:20260301,20260401",
            "2026-01-05 2026-03-01 2026-04-01",
            "2026-02-01"),
        of(
            "evening in Berlin, seen from there",
            "Europe/Berlin",
            "DTSTART;TZID=Europe/Berlin:20261224T200000\nDTEND;TZID=Europe/Berlin:20261224T230000",
            "2026-12-24",
            "2026-12-25"),
        of(
            "evening in Berlin, seen from Shanghai",
            "Asia/Shanghai",
            "DTSTART;TZID=Europe/Berlin:20261224T200000\nDTEND;TZID=Europe/Berlin:20261224T230000",
            "2026-12-25",
            "2026-12-24 2026-12-26"),
        of(
            "over midnight",
            "Europe/Berlin",
            "DTSTART;TZID=Europe/Berlin:20261224T220000\nDURATION:PT4H",
            "2026-12-24 2026-12-25",
            "2026-12-23 2026-12-26"),
        of(
            "until midnight",
            "Europe/Berlin",
            "DTSTART;TZID=Europe/Berlin:20261224T220000\nDURATION:PT2H",
            "2026-12-24",
            "2026-12-25"),
        of(
            "UTC",
            "Asia/Tokyo",
            "DTSTART:20261001T160000Z\nDURATION:PT1H",
            "2026-10-02",
            "2026-10-01"),
        of(
            "weekly evening over the change of clocks, with an exception",
            "Europe/Berlin",
            "DTSTART;TZID=Europe/Berlin:20261019T233000\nDURATION:PT15M\n"
                + "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20261102T233000",
            "2026-10-19 2026-10-26 2026-11-09",
            "2026-10-27 2026-11-02 2026-11-16"),
        of(
            "timed, exception by date",
            "Europe/Berlin",
            "DTSTART;TZID=Europe/Berlin:20261019T003000\nDURATION:PT15M\n"
                + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20261026",
            "2026-10-19 2026-11-02",
            "2026-10-26"),
        of(
            "floating, the same date everywhere",
            "Pacific/Kiritimati",
            "DTSTART:20261001T220000\nDTEND:20261002T030000",
            "2026-10-01 2026-10-02",
            "2026-09-30 2026-10-03"),
        of(
            "timed without an end",
            "UTC",
            "DTSTART:20261001T000000Z",
            "2026-10-01",
            "2026-09-30 2026-10-02"),
        of("cancelled", "UTC", "STATUS:CANCELLED\nDTSTART;VALUE=DATE:20261225", "", "2026-12-25"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void dates(Case c) throws IOException {
    IcsCalendar calendar = read("BEGIN:VEVENT\nUID:1\n" + c.event + "\nEND:VEVENT\n");
    for (String date : c.covered) {
      assertThat(calendar.contains(LocalDate.parse(date), ZoneId.of(c.zone))).as(date).isTrue();
    }
    for (String date : c.free) {
      assertThat(calendar.contains(LocalDate.parse(date), ZoneId.of(c.zone))).as(date).isFalse();
    }
  }

  @Test
  void dates_doNotDependOnTheMachinesZone() throws IOException {
    TimeZone before = TimeZone.getDefault();
    try {
      for (String zone : new String[] {"Pacific/Kiritimati", "Pacific/Pago_Pago"}) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (Case c : dates().toList()) {
          dates(c);
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void movedInstance_replacesItsOwn() throws IOException {
    IcsCalendar calendar =
        read(
            """
            BEGIN:VEVENT
            UID:1
            DTSTART;VALUE=DATE:20260501
            RRULE:FREQ=YEARLY
            END:VEVENT
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID;VALUE=DATE:20270501
            DTSTART;VALUE=DATE:20270503
            END:VEVENT
            """);
    ZoneId zone = ZoneId.of("UTC");
    assertThat(calendar.contains(LocalDate.parse("2026-05-01"), zone)).isTrue();
    assertThat(calendar.contains(LocalDate.parse("2027-05-01"), zone)).isFalse();
    assertThat(calendar.contains(LocalDate.parse("2027-05-03"), zone)).isTrue();
    assertThat(calendar.contains(LocalDate.parse("2028-05-01"), zone)).isTrue();
  }

  /** An earlier event may last longer than a later one. */
  @Test
  void nestedEvents_areAllCovered() throws IOException {
    IcsCalendar calendar =
        read(
            """
            BEGIN:VEVENT
            UID:1
            DTSTART:20261001T000000Z
            DTEND:20261010T000000Z
            END:VEVENT
            BEGIN:VEVENT
            UID:2
            DTSTART:20261002T000000Z
            DTEND:20261003T000000Z
            END:VEVENT
            """);
    assertThat(calendar.contains(LocalDate.parse("2026-10-08"), ZoneId.of("UTC"))).isTrue();
    assertThat(calendar.contains(LocalDate.parse("2026-10-10"), ZoneId.of("UTC"))).isFalse();
  }

  static Stream<List<String>> refusals() {
    return Stream.of(
        List.of("DTSTART:garbage", "line 5: Could not parse date-time value"),
        List.of("SUMMARY:x", "event 1: must have a DTSTART, was: without"),
        List.of("DTSTART;TZID=Nowhere/Land:20261001T220000", "Nowhere/Land"),
        List.of("DTSTART;VALUE=DATE:20261001\nRRULE:FREQ=SOMETIMES", "SOMETIMES"),
        List.of("DTSTART;VALUE=DATE:20261001\nEXRULE:FREQ=DAILY", "must use EXDATE, was: EXRULE"),
        List.of(
            "DTSTART:20261001T220000Z\nRRULE:FREQ=SECONDLY", "must cover at most 200000 dates"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusals(List<String> eventAndMessage) {
    assertThatThrownBy(
            () -> read("BEGIN:VEVENT\nUID:1\n" + eventAndMessage.getFirst() + "\nEND:VEVENT\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holidays.ics: ")
        .hasMessageContaining(eventAndMessage.getLast());
  }

  @Test
  void otherFiles_areRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("x.ics"), "hello\n");
    assertThatThrownBy(() -> IcsCalendar.read(file))
        .hasMessageContaining("x.ics: must be an iCalendar file");
  }

  private IcsCalendar read(String events) throws IOException {
    Path file = directory.resolve("holidays.ics");
    Files.writeString(file, "BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n");
    return IcsCalendar.read(file);
  }

  private static Case of(String name, String zone, String event, String covered, String free) {
    return new Case(name, zone, event, words(covered), words(free));
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
