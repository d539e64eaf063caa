// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static io.agentscale.core.schedule.ScheduleBuilder.plan;
import static io.agentscale.core.schedule.ScheduleBuilder.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The nights when clocks change are when scheduled capacity comes an hour late, twice or never.
 * Expected instants were worked out by hand from the offsets in force.
 */
final class DaylightSavingTest {

  record Case(
      String name, String zone, String start, String lasting, String day, List<String> windows) {

    Schedule schedule() {
      ScheduleBuilder builder = ScheduleBuilder.schedule("window").zone(zone).start(start);
      return (lasting.contains(" ") ? builder.until(lasting) : builder.lasting(lasting)).build();
    }
  }

  static Stream<Case> windows() {
    return Stream.of(
        // Berlin: 2026-03-29 02:00+01 -> 03:00+02, 2026-10-25 03:00+02 -> 02:00+01
        berlin("before the gap", "30 1 * * *", "30m", "2026-03-29", "2026-03-29T00:30Z/01:00Z"),
        berlin("start in the gap", "30 2 * * *", "1h", "2026-03-29", "2026-03-29T01:00Z/02:00Z"),
        berlin("both in the gap", "10 2 * * *", "30m", "2026-03-29", "2026-03-29T01:00Z/01:30Z"),
        berlin("end in the gap", "30 1 * * *", "1h", "2026-03-29", "2026-03-29T00:30Z/01:00Z"),
        berlin(
            "end cron in the gap",
            "30 1 * * *",
            "30 2 * * *",
            "2026-03-29",
            "2026-03-29T00:30Z/01:00Z"),
        berlin(
            "over the gap, by the wall",
            "0 22 * * *",
            "8h",
            "2026-03-28",
            "2026-03-28T21:00Z/2026-03-29T04:00Z"),
        berlin(
            "over the gap, by cron",
            "0 22 * * *",
            "0 6 * * *",
            "2026-03-28",
            "2026-03-28T21:00Z/2026-03-29T04:00Z"),
        berlin(
            "working day in summer time",
            "0 9 * * *",
            "9h",
            "2026-03-29",
            "2026-03-29T07:00Z/16:00Z"),
        berlin(
            "working day in winter time",
            "0 9 * * *",
            "9h",
            "2026-03-28",
            "2026-03-28T08:00Z/17:00Z"),
        berlin(
            "start in the overlap", "30 2 * * *", "15m", "2026-10-25", "2026-10-25T00:30Z/00:45Z"),
        berlin(
            "start in the overlap, end after it",
            "30 2 * * *",
            "1h",
            "2026-10-25",
            "2026-10-25T00:30Z/02:30Z"),
        berlin("end in the overlap", "0 1 * * *", "90m", "2026-10-25", "2026-10-24T23:00Z/00:30Z"),
        berlin(
            "over the overlap, by the wall",
            "0 22 * * *",
            "8h",
            "2026-10-24",
            "2026-10-24T20:00Z/2026-10-25T05:00Z"),
        berlin(
            "over the overlap, by cron",
            "0 22 * * *",
            "0 6 * * *",
            "2026-10-24",
            "2026-10-24T20:00Z/2026-10-25T05:00Z"),
        // New York: 2026-03-08 02:00-05 -> 03:00-04, 2026-11-01 02:00-04 -> 01:00-05
        newYork("start in the gap", "15 2 * * *", "2h", "2026-03-08", "2026-03-08T07:00Z/09:00Z"),
        newYork(
            "whole day of 23 hours",
            "0 0 * * *",
            "24h",
            "2026-03-08",
            "2026-03-08T05:00Z/2026-03-09T04:00Z"),
        newYork(
            "whole day of 25 hours",
            "0 0 * * *",
            "24h",
            "2026-11-01",
            "2026-11-01T04:00Z/2026-11-02T05:00Z"),
        newYork(
            "start in the overlap", "30 1 * * *", "10m", "2026-11-01", "2026-11-01T05:30Z/05:40Z"),
        // Lord Howe moves by 30 minutes: 2026-10-04 02:00+10:30 -> 02:30+11, 2026-04-05 02:00+11 ->
        // 01:30+10:30
        of(
            "Lord Howe, start in the gap",
            "Australia/Lord_Howe",
            "10 2 * * *",
            "1h",
            "2026-10-04",
            "2026-10-03T15:30Z/16:30Z"),
        of(
            "Lord Howe, start after the gap",
            "Australia/Lord_Howe",
            "30 2 * * *",
            "1h",
            "2026-10-04",
            "2026-10-03T15:30Z/16:30Z"),
        of(
            "Lord Howe, start in the overlap",
            "Australia/Lord_Howe",
            "45 1 * * *",
            "10m",
            "2026-04-05",
            "2026-04-04T14:45Z/14:55Z"),
        of(
            "Lord Howe, over the overlap",
            "Australia/Lord_Howe",
            "0 1 * * *",
            "2h",
            "2026-04-05",
            "2026-04-04T14:00Z/16:30Z"),
        // Sao Paulo's gap was at midnight: 2018-11-04 00:00-03 -> 01:00-02; its overlap 2018-02-18
        // 00:00-02 -> 2018-02-17 23:00-03
        of(
            "Sao Paulo, midnight in the gap",
            "America/Sao_Paulo",
            "0 0 * * *",
            "9h",
            "2018-11-04",
            "2018-11-04T03:00Z/12:00Z"),
        of(
            "Sao Paulo, evening over the gap",
            "America/Sao_Paulo",
            "0 22 * * *",
            "4h",
            "2018-11-03",
            "2018-11-04T01:00Z/04:00Z"),
        of(
            "Sao Paulo, start in the overlap",
            "America/Sao_Paulo",
            "30 23 * * *",
            "1h",
            "2018-02-17",
            "2018-02-18T01:30Z/03:30Z"),
        // Shanghai has one offset all year.
        of(
            "Shanghai, spring",
            "Asia/Shanghai",
            "0 9 * * *",
            "9h",
            "2026-03-29",
            "2026-03-29T01:00Z/10:00Z"),
        of(
            "Shanghai, autumn",
            "Asia/Shanghai",
            "30 2 * * *",
            "1h",
            "2026-10-25",
            "2026-10-24T18:30Z/19:30Z"),
        // Casablanca leaves summer time for Ramadan: 2026-02-15 03:00+01 -> 02:00+00, back
        // 2026-03-22 02:00+00 -> 03:00+01
        of(
            "Casablanca, start in the overlap",
            "Africa/Casablanca",
            "30 2 * * *",
            "15m",
            "2026-02-15",
            "2026-02-15T01:30Z/01:45Z"),
        of(
            "Casablanca, in Ramadan",
            "Africa/Casablanca",
            "0 9 * * *",
            "9h",
            "2026-03-01",
            "2026-03-01T09:00Z/18:00Z"),
        of(
            "Casablanca, start in the gap",
            "Africa/Casablanca",
            "30 2 * * *",
            "1h",
            "2026-03-22",
            "2026-03-22T02:00Z/03:00Z"),
        // Apia went from 2011-12-29T24:00-10 to 2011-12-31T00:00+14.
        of(
            "Apia, the day before",
            "Pacific/Apia",
            "0 9 * * *",
            "9h",
            "2011-12-29",
            "2011-12-29T19:00Z/2011-12-30T04:00Z"),
        of("Apia, the day left out", "Pacific/Apia", "0 9 * * *", "9h", "2011-12-30"),
        of(
            "Apia, the day after",
            "Pacific/Apia",
            "0 9 * * *",
            "9h",
            "2011-12-31",
            "2011-12-30T19:00Z/2011-12-31T04:00Z"),
        of(
            "Apia, night over the day left out",
            "Pacific/Apia",
            "0 22 * * *",
            "6h",
            "2011-12-29",
            "2011-12-30T08:00Z/10:00Z"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void windows(Case c) {
    Schedule schedule = c.schedule();
    SchedulePlan plan = plan(2, 40, schedule);
    Instant noon = Instant.parse(c.day + "T12:00:00Z");
    List<Occurrence> found =
        plan
            .occurrences(schedule, noon.minusSeconds(86_400 * 3), noon.plusSeconds(86_400 * 3))
            .stream()
            .filter(o -> o.nominalStart().toLocalDate().equals(LocalDate.parse(c.day)))
            .toList();
    assertThat(found.stream().map(o -> o.start() + "/" + o.end()))
        .isEqualTo(c.windows.stream().map(DaylightSavingTest::complete).toList());
    // Day after day there is neither a before nor an after.
    for (Occurrence o : c.lasting.equals("24h") ? List.<Occurrence>of() : found) {
      assertThat(plan.at(o.start()).floor()).isEqualTo(10);
      assertThat(plan.at(o.end().minusMillis(1)).floor()).isEqualTo(10);
      assertThat(plan.at(o.start().minusMillis(1)).floor()).isEqualTo(2);
      assertThat(plan.at(o.end()).floor()).isEqualTo(2);
    }
  }

  static Stream<String> tiling() {
    return Stream.of(
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Shanghai",
        "Africa/Casablanca",
        "Pacific/Apia");
  }

  /** Day after day of 24 hours has no hole, whatever the clocks do. */
  @ParameterizedTest
  @MethodSource
  void tiling(String zone) {
    // Apia's missing day takes its hours with it, so there the days have to begin at midnight.
    List<String> starts =
        zone.equals("Pacific/Apia") ? List.of("0 0 * * *") : List.of("0 0 * * *", "30 2 * * *");
    for (String start : starts) {
      SchedulePlan byDuration =
          plan(2, 40, schedule("all-day").zone(zone).start(start).lasting("24h").build());
      SchedulePlan byCron =
          plan(2, 40, schedule("all-day").zone(zone).start(start).until(start).build());
      Instant from = Instant.parse("2011-01-01T00:00:00Z");
      Instant to = Instant.parse("2019-01-01T00:00:00Z");
      for (SchedulePlan plan : List.of(byDuration, byCron)) {
        assertThat(plan.at(from).floor()).as("%s %s", zone, start).isEqualTo(10);
        assertThat(plan.transitionsBetween(from, to)).as("%s %s", zone, start).isEmpty();
      }
    }
  }

  static Stream<Case> wholeInGap() {
    return Stream.of(
        berlin("window by cron inside the gap", "10 2 * * *", "40 2 * * *", "2026-03-29"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void wholeInGap(Case c) {
    SchedulePlan plan = plan(2, 40, c.schedule());
    assertThat(
            plan.transitionsBetween(
                Instant.parse("2026-03-28T12:00:00Z"), Instant.parse("2026-03-29T12:00:00Z")))
        .isEmpty();
  }

  private static Case berlin(
      String name, String start, String lasting, String day, String... windows) {
    return of("Berlin, " + name, "Europe/Berlin", start, lasting, day, windows);
  }

  private static Case newYork(
      String name, String start, String lasting, String day, String... windows) {
    return of("New York, " + name, "America/New_York", start, lasting, day, windows);
  }

  private static Case of(
      String name, String zone, String start, String lasting, String day, String... windows) {
    return new Case(name, zone, start, lasting, day, List.of(windows));
  }

  /** {@code 2026-03-29T00:30Z/01:00Z} in full; an end before its start is on the next day. */
  private static String complete(String window) {
    String[] ends = window.split("/", 2);
    Instant start = Instant.parse(ends[0].replace("Z", ":00Z"));
    Instant end =
        Instant.parse(
            (ends[1].contains("T") ? ends[1] : ends[0].substring(0, 11) + ends[1])
                .replace("Z", ":00Z"));
    return start + "/" + (end.isBefore(start) ? end.plusSeconds(86_400) : end);
  }
}
