// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static io.agentscale.core.schedule.ScheduleBuilder.plan;
import static io.agentscale.core.schedule.ScheduleBuilder.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Transition.Change;
import io.agentscale.core.schedule.Transition.Event;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules that overlap, ramp or are left out must still give the one number that was meant. */
final class SchedulePlanTest {

  @Test
  void noWindow_leavesTheBaseline() {
    ScheduledBounds bounds = plan(2, 40).at(Instant.parse("2026-10-01T00:00:00Z"));
    assertThat(bounds.floor()).isEqualTo(2);
    assertThat(bounds.ceiling()).isEqualTo(40);
    assertThat(bounds.exact()).isFalse();
    assertThat(bounds.demand()).isEmpty();
    assertThat(bounds.influences()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          2026-10-05T08:59:59.999Z, 2,  40
          2026-10-05T09:00:00Z,     10, 30
          2026-10-05T17:59:59.999Z, 10, 30
          2026-10-05T18:00:00Z,     2,  40
          2026-10-10T12:00:00Z,     2,  40
          """)
  void window_isHalfOpen(Instant at, int floor, int ceiling) {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("workday").start("0 9 * * MON-FRI").target(Target.range(10, 30)).build());
    assertBounds(plan, at, floor, ceiling);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          2026-02-28T21:59:59Z, 2
          2026-02-28T22:00:00Z, 10
          2026-03-01T00:00:00Z, 10
          2026-03-01T05:59:59Z, 10
          2026-03-01T06:00:00Z, 2
          2026-12-31T23:00:00Z, 10
          2027-01-01T05:00:00Z, 10
          2027-01-01T06:00:00Z, 2
          """)
  void window_runsOverMidnightAndMonthEnd(Instant at, int floor) {
    Schedule byDuration = schedule("night").start("0 22 * * *").lasting("8h").build();
    Schedule byCron = schedule("night").start("0 22 * * *").until("0 6 * * *").build();
    assertBounds(plan(2, 40, byDuration), at, floor, 40);
    assertBounds(plan(2, 40, byCron), at, floor, 40);
  }

  @Test
  void window_mayLastForWeeks() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("december").start("0 0 1 12 *").until("0 0 7 1 *").build(),
            schedule("quarter")
                .start("0 0 1 1,4,7,10 *")
                .lasting("60d")
                .target(Target.ceiling(20))
                .build());
    assertBounds(plan, Instant.parse("2026-11-29T23:59:59Z"), 2, 20);
    assertBounds(plan, Instant.parse("2026-12-01T00:00:00Z"), 10, 40);
    assertBounds(plan, Instant.parse("2027-01-06T23:59:59Z"), 10, 20);
    assertBounds(plan, Instant.parse("2027-01-07T00:00:00Z"), 2, 20);
    assertBounds(plan, Instant.parse("2027-03-02T00:00:00Z"), 2, 40);
  }

  @Test
  void manyStarts_withOneEnd_areOneWindow() {
    SchedulePlan plan =
        plan(2, 40, schedule("busy").start("* 9-12 * * *").until("0 18 * * *").build());
    assertThat(
            plan.nextTransitions(2, Instant.parse("2026-10-05T00:00:00Z")).stream()
                .map(Transition::at))
        .containsExactly(
            Instant.parse("2026-10-05T09:00:00Z"), Instant.parse("2026-10-05T18:00:00Z"));
  }

  @Test
  void oneOff_localAndInstant() {
    Schedule local =
        schedule("launch").zone("Asia/Shanghai").at("2026-11-27T09:00").lasting("3h").build();
    Schedule instant =
        schedule("launch")
            .zone("Asia/Shanghai")
            .at("2026-11-27T09:00:30-05:00")
            .lasting("3h")
            .build();
    assertBounds(plan(2, 40, local), Instant.parse("2026-11-27T00:59:59Z"), 2, 40);
    assertBounds(plan(2, 40, local), Instant.parse("2026-11-27T01:00:00Z"), 10, 40);
    assertBounds(plan(2, 40, local), Instant.parse("2026-11-27T03:59:59Z"), 10, 40);
    assertBounds(plan(2, 40, local), Instant.parse("2026-11-27T04:00:00Z"), 2, 40);
    assertBounds(plan(2, 40, instant), Instant.parse("2026-11-27T14:00:29Z"), 2, 40);
    assertBounds(plan(2, 40, instant), Instant.parse("2026-11-27T14:00:30Z"), 10, 40);
    assertBounds(plan(2, 40, instant), Instant.parse("2026-11-27T17:00:30Z"), 2, 40);
  }

  /** In the second 02:30 of the night an instant names which of the two is meant. */
  @Test
  void oneOff_instantInAnOverlap_lastsElapsedTime() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("job")
                .zone("Europe/Berlin")
                .at("2026-10-25T02:30+01:00")
                .lasting("10m")
                .build());
    assertBounds(plan, Instant.parse("2026-10-25T00:35:00Z"), 2, 40);
    assertBounds(plan, Instant.parse("2026-10-25T01:35:00Z"), 10, 40);
    assertBounds(plan, Instant.parse("2026-10-25T01:40:00Z"), 2, 40);
  }

  @Test
  void exclusion_goesByTheLocalDateOfTheStart() {
    Schedule night =
        schedule("night")
            .zone("Asia/Shanghai")
            .start("0 22 * * *")
            .lasting("8h")
            .exclude("2026-10-01/2026-10-03", "2026-12-25")
            .build();
    SchedulePlan plan = plan(2, 40, night);
    // The window of 30 September goes on into 1 October, and none begins until 4 October.
    assertBounds(plan, Instant.parse("2026-09-30T21:59:00Z"), 10, 40);
    assertBounds(plan, Instant.parse("2026-10-01T14:30:00Z"), 2, 40);
    assertBounds(plan, Instant.parse("2026-10-03T20:00:00Z"), 2, 40);
    assertBounds(plan, Instant.parse("2026-10-04T14:00:00Z"), 10, 40);
    assertBounds(plan, Instant.parse("2026-12-25T14:30:00Z"), 2, 40);
    assertThat(
            plan
                .occurrences(
                    night,
                    Instant.parse("2026-10-01T00:00:00Z"),
                    Instant.parse("2026-10-05T00:00:00Z"))
                .stream()
                .map(o -> o.excludedBy().map(Exclusion::toString).orElse("")))
        .containsExactly(
            "2026-10-01/2026-10-03", "2026-10-01/2026-10-03", "2026-10-01/2026-10-03", "");
  }

  @Test
  void calendar_isAskedInTheSchedulesZone() {
    HolidayCalendar fridays =
        (date, zone) ->
            zone.getId().equals("Asia/Tokyo") && date.getDayOfWeek() == DayOfWeek.FRIDAY;
    SchedulePlan plan =
        new SchedulePlan(
            new Baseline(2, 40),
            List.of(schedule("day").zone("Asia/Tokyo").exclude("calendar:fridays").build()),
            Map.of("fridays", fridays));
    assertBounds(plan, Instant.parse("2026-10-01T03:00:00Z"), 10, 40);
    assertBounds(plan, Instant.parse("2026-10-02T03:00:00Z"), 2, 40);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          2026-10-05T08:49:59.999Z, 2
          2026-10-05T08:50:00Z,     2
          2026-10-05T08:50:00.001Z, 3
          2026-10-05T08:55:00Z,     6
          2026-10-05T08:57:30Z,     8
          2026-10-05T08:59:59.999Z, 10
          2026-10-05T09:00:00Z,     10
          2026-10-05T18:00:00Z,     10
          2026-10-05T18:00:00.001Z, 10
          2026-10-05T18:05:00Z,     6
          2026-10-05T18:09:59.999Z, 3
          2026-10-05T18:10:00Z,     2
          """)
  void floorRamp_liesOutsideTheWindow_roundedUp(Instant at, int floor) {
    assertBounds(plan(2, 40, schedule("workday").ramp("10m").build()), at, floor, 40);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          2026-10-05T08:59:59Z, 40
          2026-10-05T09:00:00Z, 40
          2026-10-05T09:05:00Z, 25
          2026-10-05T09:10:00Z, 10
          2026-10-05T17:50:00Z, 10
          2026-10-05T17:55:00Z, 25
          2026-10-05T17:59:59Z, 40
          2026-10-05T18:00:00Z, 40
          """)
  void ceilingRamp_liesInsideTheWindow(Instant at, int ceiling) {
    assertBounds(
        plan(2, 40, schedule("cheap").target(Target.ceiling(10)).ramp("10m").build()),
        at,
        2,
        ceiling);
  }

  @Test
  void ceilingRamp_longerThanHalfTheWindow_meetsInItsMiddle() {
    SchedulePlan plan =
        plan(2, 40, schedule("cheap").target(Target.ceiling(10)).lasting("10m").ramp("1h").build());
    assertBounds(plan, Instant.parse("2026-10-05T09:02:30Z"), 2, 25);
    assertBounds(plan, Instant.parse("2026-10-05T09:05:00Z"), 2, 10);
    assertBounds(plan, Instant.parse("2026-10-05T09:07:30Z"), 2, 25);
  }

  @Test
  void exactRamp_isAFloorOutsideTheWindow() {
    SchedulePlan plan =
        plan(2, 40, schedule("fixed").target(new Target.Exact(10)).ramp("10m").build());
    assertBounds(plan, Instant.parse("2026-10-05T08:55:00Z"), 6, 40);
    assertBounds(plan, Instant.parse("2026-10-05T09:00:00Z"), 10, 10);
    assertBounds(plan, Instant.parse("2026-10-05T18:05:00Z"), 6, 40);
  }

  /** From the morning's 10 to the afternoon's 20, not from the minimum. */
  @Test
  void ramp_startsFromWhatAnotherScheduleHolds() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("morning").start("0 9 * * *").lasting("3h").build(),
            schedule("afternoon")
                .start("0 12 * * *")
                .lasting("3h")
                .target(Target.floor(20))
                .ramp("30m")
                .build());
    assertBounds(plan, Instant.parse("2026-10-05T11:30:00Z"), 10, 40);
    assertBounds(plan, Instant.parse("2026-10-05T11:45:00Z"), 15, 40);
    assertBounds(plan, Instant.parse("2026-10-05T12:00:00Z"), 20, 40);
    assertBounds(plan, Instant.parse("2026-10-05T15:15:00Z"), 11, 40);
  }

  /** A night's ceiling is being lifted while the day's floor rises: nobody is in anybody's way. */
  @Test
  void adjoiningCeilingAndFloor_rampWithoutConflict() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("night")
                .start("0 20 * * *")
                .until("0 6 * * *")
                .target(Target.ceiling(3))
                .ramp("30m")
                .build(),
            schedule("day")
                .start("0 6 * * *")
                .until("0 20 * * *")
                .target(Target.floor(12))
                .ramp("30m")
                .build());
    for (Instant t = Instant.parse("2026-10-05T00:00:00Z");
        t.isBefore(Instant.parse("2026-10-06T00:00:00Z"));
        t = t.plusSeconds(61)) {
      assertThat(plan.at(t).conflicts()).isEmpty();
      assertThat(plan.at(t).floor()).isLessThanOrEqualTo(plan.at(t).ceiling());
    }
    assertBounds(plan, Instant.parse("2026-10-05T05:45:00Z"), 7, 22);
  }

  @Test
  void overlap_highestFloorAndLowestCeilingWin() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("a").target(Target.range(5, 30)).build(),
            schedule("b").target(Target.range(8, 35)).build(),
            schedule("c").target(Target.ceiling(25)).build());
    ScheduledBounds bounds = plan.at(Instant.parse("2026-10-05T12:00:00Z"));
    assertThat(bounds.floor()).isEqualTo(8);
    assertThat(bounds.ceiling()).isEqualTo(25);
    assertThat(bounds.conflicts()).isEmpty();
    assertThat(bounds.influences().stream().map(Influence::schedule))
        .containsExactly("a", "a", "b", "b", "c");
  }

  @Test
  void exact_winsOverFloorsAndCeilings() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("a").target(Target.floor(20)).build(),
            schedule("b").target(new Target.Exact(5)).build(),
            schedule("c").target(Target.ceiling(3)).build());
    ScheduledBounds bounds = plan.at(Instant.parse("2026-10-05T12:00:00Z"));
    assertThat(bounds.exact()).isTrue();
    assertThat(bounds.floor()).isEqualTo(5);
    assertThat(bounds.ceiling()).isEqualTo(5);
    assertThat(bounds.conflicts()).isEmpty();
  }

  @Test
  void twoExacts_resolveToTheHighest_reported() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("a").target(new Target.Exact(7)).build(),
            schedule("b").target(new Target.Exact(5)).build());
    ScheduledBounds bounds = plan.at(Instant.parse("2026-10-05T12:00:00Z"));
    assertBounds(plan, Instant.parse("2026-10-05T12:00:00Z"), 7, 7);
    assertThat(bounds.conflicts())
        .containsExactly(new Conflict.DifferentExacts(List.of("a", "b"), 7));
    assertThat(bounds.conflicts().getFirst())
        .hasToString("a and b ask for different exact replicas; 7, the highest, is kept");
  }

  @Test
  void floorAboveCeiling_keepsTheFloor_reported() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("a").target(Target.floor(20)).build(),
            schedule("b").target(Target.ceiling(5)).build());
    assertBounds(plan, Instant.parse("2026-10-05T12:00:00Z"), 20, 20);
    assertThat(plan.at(Instant.parse("2026-10-05T12:00:00Z")).conflicts())
        .containsExactly(new Conflict.FloorAboveCeiling("a", 20, "b", 5));
  }

  @Test
  void ceilingOrExactBelowTheMinimum_shutsDown() {
    Instant noon = Instant.parse("2026-10-05T12:00:00Z");
    assertBounds(plan(2, 40, schedule("off").target(Target.ceiling(0)).build()), noon, 0, 0);
    assertBounds(plan(2, 40, schedule("off").target(new Target.Exact(0)).build()), noon, 0, 0);
    assertBounds(plan(2, 40, schedule("one").target(Target.range(1, 1)).build()), noon, 1, 1);
  }

  @Test
  void demand_isAFloorOfDemand_theHighestWins_andRampsFromNothing() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("a").target(new Target.Demand(Quantity.parse("1200"))).ramp("10m").build(),
            schedule("b")
                .start("0 12 * * *")
                .target(new Target.Demand(Quantity.parse("2M")))
                .build());
    assertThat(plan.at(Instant.parse("2026-10-05T08:00:00Z")).demand()).isEmpty();
    assertThat(plan.at(Instant.parse("2026-10-05T08:55:00Z")).demand()).contains(Quantity.of(600));
    assertThat(plan.at(Instant.parse("2026-10-05T09:00:00Z")).demand()).contains(Quantity.of(1200));
    assertThat(plan.at(Instant.parse("2026-10-05T12:00:00Z")).demand())
        .contains(Quantity.of(2_000_000));
    assertBounds(plan, Instant.parse("2026-10-05T12:00:00Z"), 2, 40);
  }

  @Test
  void hugeDemand_rampsWithoutOverflow() {
    SchedulePlan plan =
        plan(2, 40, schedule("a").target(new Target.Demand(Quantity.MAX)).ramp("24h").build());
    assertThat(plan.at(Instant.parse("2026-10-04T21:00:00Z")).demand())
        .hasValueSatisfying(
            q -> assertThat(q.doubleValue()).isGreaterThan(Quantity.MAX.doubleValue() / 2));
  }

  @Test
  void nextTransitions_nameWhatHappensAndWhatHolds() {
    SchedulePlan plan =
        plan(
            2,
            40,
            schedule("workday").target(Target.range(10, 30)).ramp("10m").build(),
            schedule("noon").start("0 9 * * *").lasting("1h").target(Target.floor(12)).build());
    List<Transition> next = plan.nextTransitions(9, Instant.parse("2026-10-05T08:50:00Z"));
    assertThat(next.stream().map(Transition::at).map(Instant::toString))
        .containsExactly(
            "2026-10-05T09:00:00Z",
            "2026-10-05T09:10:00Z",
            "2026-10-05T10:00:00Z",
            "2026-10-05T17:50:00Z",
            "2026-10-05T18:00:00Z",
            "2026-10-05T18:10:00Z",
            "2026-10-06T08:50:00Z",
            "2026-10-06T09:00:00Z",
            "2026-10-06T09:10:00Z");
    assertThat(next.getFirst().changes())
        .containsExactly(new Change("workday", Event.START), new Change("noon", Event.START));
    assertThat(next.getFirst().bounds().floor()).isEqualTo(12);
    assertThat(next.get(1).changes()).containsExactly(new Change("workday", Event.CEILING_REACHED));
    assertThat(next.get(6).changes()).containsExactly(new Change("workday", Event.RAMP_UP));
  }

  @Test
  void nextTransitions_findsLeapDaysAndGivesUpOnDatesThatNeverCome() {
    Instant from = Instant.parse("2097-01-01T00:00:00Z");
    assertThat(
            plan(2, 40, schedule("leap").start("0 0 29 2 *").build())
                .nextTransitions(1, from)
                .getFirst()
                .at())
        .isEqualTo(Instant.parse("2104-02-29T00:00:00Z"));
    assertThat(plan(2, 40, schedule("never").start("0 0 30 2 *").build()).nextTransitions(1, from))
        .isEmpty();
    assertThat(
            plan(2, 40, schedule("always").start("* * * * *").lasting("30d").build())
                .nextTransitions(1, from))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zone      | timeZone: must be an IANA time zone such as Europe/Berlin, was: +08:00
          name      | name: must be 1 to 63 lower-case letters, digits or hyphens, was: Work Day
          duration  | duration: must be whole seconds, above 0 and at most 366d, was: PT0S
          long      | duration: must be whole seconds, above 0 and at most 366d, was: PT9600H
          ramp      | ramp: must be whole seconds from 0 to 24h, was: PT25H
          end       | end: must be absent beside `at`, which takes a duration, was: 0 6 * * *
          never     | end: must be a time that comes, was: 0 0 30 2 *, which never does
          range     | replicas.floor: must be at most the ceiling (3), was: 5
          negative  | replicas.exact: must be at least 0, was: -1
          empty     | replicas: must have a floor, a ceiling or exact, was: empty
          demand    | demand: must be above 0, was: 0
          maximum   | schedules[1].replicas.floor: must be at most maxReplicas (40), was: 41
          twice     | schedules[1].name: must be used once, was: a, which an earlier one has
          calendar  | schedules[0].exclude[1]: must name a known calendar (none is given), was: x
          bounds    | maxReplicas: must be at least 2, was: 1
          """)
  void invalid_isRefusedByFieldRuleAndValue(String what, String message) {
    assertThatThrownBy(() -> buildInvalid(what))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessage(message);
  }

  private static void buildInvalid(String what) {
    switch (what) {
      case "zone" ->
          new Schedule(
              "a",
              ZoneId.of("+08:00"),
              Start.at("2026-01-01T00:00"),
              new End.After(Spans.parse("1h")),
              Target.floor(1),
              Duration.ZERO,
              List.of());
      case "name" -> schedule("Work Day").build();
      case "duration" -> schedule("a").lasting("0s").build();
      case "long" -> schedule("a").lasting("400d").build();
      case "ramp" -> schedule("a").ramp("25h").build();
      case "end" -> schedule("a").at("2026-01-01T00:00").until("0 6 * * *").build();
      case "never" -> schedule("a").until("0 0 30 2 *").build();
      case "range" -> Target.range(5, 3);
      case "negative" -> new Target.Exact(-1);
      case "empty" -> new Target.Range(OptionalInt.empty(), OptionalInt.empty());
      case "demand" -> new Target.Demand(Quantity.ZERO);
      case "maximum" ->
          plan(2, 40, schedule("a").build(), schedule("b").target(Target.floor(41)).build());
      case "twice" -> plan(2, 40, schedule("a").build(), schedule("a").build());
      case "calendar" -> plan(2, 40, schedule("a").exclude("2026-01-01", "calendar:x").build());
      case "bounds" -> new Baseline(2, 1);
      default -> throw new AssertionError(what);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Asia/Shangai     | (did you mean Asia/Shanghai?)
          asia/shanghai    | (did you mean Asia/Shanghai?)
          America/New York | (did you mean America/New_York?)
          Berlin           | (did you mean Europe/Berlin?)
          Mars/Olympus     | was: Mars/Olympus
          GMT+8            | was: GMT+8
          """)
  void unknownZone_isRefusedWithTheNearest(String name, String message) {
    assertThatThrownBy(() -> TimeZones.named(name))
        .hasMessageStartingWith("must be an IANA time zone")
        .hasMessageEndingWith(message);
  }

  @Test
  void texts_thatAreNoDates_areRefused() {
    assertThatThrownBy(() -> Start.at("2026-11-27 09:00")).hasMessageContaining("2026-11-27 09:00");
    assertThatThrownBy(() -> Start.at("tomorrow")).hasMessageContaining("was: tomorrow");
    assertThatThrownBy(() -> Exclusion.parse("2026-02-30")).hasMessageContaining("2026-02-30");
    assertThatThrownBy(() -> Exclusion.parse("2026-10-07/2026-10-01"))
        .hasMessageContaining("not after its last");
  }

  private static void assertBounds(SchedulePlan plan, Instant at, int floor, int ceiling) {
    assertThat(plan.at(at).floor()).as("floor at %s", at).isEqualTo(floor);
    assertThat(plan.at(at).ceiling()).as("ceiling at %s", at).isEqualTo(ceiling);
  }
}
