// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static io.agentscale.core.schedule.ScheduleBuilder.plan;
import static io.agentscale.core.schedule.ScheduleBuilder.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.schedule.ScheduleWarning.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A valid schedule that does nothing is found out on the day it was needed, unless it is linted.
 */
final class ScheduleLintTest {
  private static final Instant FROM = Instant.parse("2026-03-23T00:00:00Z");

  record Case(Kind kind, String message, List<Schedule> schedules) {
    Case(Kind kind, String message, Schedule... schedules) {
      this(kind, message, List.of(schedules));
    }
  }

  static Stream<Case> warns() {
    return Stream.of(
        new Case(
            Kind.NEVER_TRUE,
            "start 0 0 30 2 * names a date that never comes",
            schedule("a").start("0 0 30 2 *").build()),
        new Case(
            Kind.OVER,
            "its only window is over, or more than ten years away",
            schedule("a").at("2026-03-22T09:00").build()),
        new Case(
            Kind.EXCLUDED_ENTIRELY,
            "every window falls on an excluded date, the last on 2026-01-01/2099-12-31",
            schedule("a").exclude("2026-01-01/2099-12-31").build()),
        new Case(
            Kind.EXCLUDED_ENTIRELY,
            "every window falls on an excluded date, the last on 2026-05-01",
            schedule("a").at("2026-05-01T09:00").exclude("2026-05-01").build()),
        new Case(
            Kind.SHORTER_THAN_RAMP,
            "a window of 5m is shorter than its ramp of 10m",
            schedule("a").lasting("5m").ramp("10m").build()),
        new Case(
            Kind.SHORTER_THAN_RAMP,
            "a window of 5m is shorter than its ramp of 10m",
            schedule("a").until("5 9 * * *").ramp("10m").build()),
        new Case(
            Kind.NO_EFFECT,
            "floor 2 is not above minReplicas (2)",
            schedule("a").target(Target.floor(2)).build()),
        new Case(
            Kind.NO_EFFECT,
            "ceiling 50 is not below maxReplicas (40)",
            schedule("a").target(Target.ceiling(50)).build()),
        new Case(
            Kind.CLOCK_CHANGE,
            "2026-03-29T02:30 Europe/Berlin: the clocks jump over the start: it begins at"
                + " 2026-03-29T03:00",
            schedule("a").zone("Europe/Berlin").start("30 2 * * *").build()),
        new Case(
            Kind.CLOCK_CHANGE,
            "2026-03-28T22:00 Europe/Berlin: the clocks change: the window until 2026-03-29T06:00"
                + " takes 7h, not 8h",
            schedule("a").zone("Europe/Berlin").start("0 22 * * *").lasting("8h").build()),
        new Case(
            Kind.CLOCK_CHANGE,
            "2026-04-05T02:45 Australia/Melbourne: the clock shows the start twice: it begins at"
                + " the first",
            schedule("a").zone("Australia/Melbourne").start("45 2 * * *").lasting("8h").build()),
        new Case(
            Kind.CLOCK_CHANGE,
            "2026-03-29T02:10 Europe/Berlin: the clocks jump over the whole window: it does not"
                + " happen",
            schedule("a").zone("Europe/Berlin").start("10 2 * * *").until("40 2 * * *").build()),
        new Case(
            Kind.CONFLICT,
            "from 2026-03-23T09:00:00Z floor 10 of a is above ceiling 5 of b; the floor is kept",
            schedule("a").build(),
            schedule("b").target(Target.ceiling(5)).build()),
        new Case(
            Kind.CONFLICT,
            "from 2026-03-23T10:00:00Z a and b ask for different exact replicas; 8, the highest,"
                + " is kept",
            schedule("a").target(new Target.Exact(8)).build(),
            schedule("b").start("0 10 * * *").target(new Target.Exact(5)).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void warns(Case c) {
    assertThat(lint(c.schedules.toArray(Schedule[]::new)))
        .containsExactly(new ScheduleWarning("a", c.kind, c.message));
  }

  @Test
  void soundPlan_hasNoWarnings() {
    assertThat(
            lint(
                schedule("workday")
                    .zone("Europe/Berlin")
                    .start("0 9 * * MON-FRI")
                    .target(Target.range(10, 30))
                    .ramp("10m")
                    .exclude("2026-03-26")
                    .build(),
                schedule("launch").at("2027-11-27T09:00").lasting("3h").build(),
                schedule("running").at("2026-03-22T20:00Z").lasting("24h").build(),
                schedule("leap").start("0 0 29 2 *").build()))
        .isEmpty();
  }

  private static List<ScheduleWarning> lint(Schedule... schedules) {
    return ScheduleLint.warnings(plan(2, 40, schedules), FROM, FROM.plus(Duration.ofDays(14)));
  }
}
