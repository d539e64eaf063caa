// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static io.agentscale.core.schedule.ScheduleBuilder.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A restart, a missed tick or a second replica of the service must not change what holds at an
 * instant; and what holds must be what a plain reading of the schedules, minute by minute, says.
 */
final class StateNotEdgesTest {
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Sao_Paulo",
          "Asia/Shanghai",
          "Africa/Casablanca",
          "Pacific/Apia");

  @Test
  void anyOrderOfAsking_givesTheSameAnswers() {
    SplittableRandom random = new SplittableRandom(21);
    for (int round = 0; round < 25; round++) {
      List<Schedule> schedules = randomSchedules(random);
      SchedulePlan sequential = plan(schedules);
      SchedulePlan shuffled = plan(schedules);
      List<Instant> instants = new ArrayList<>();
      Instant t = Instant.parse("2011-12-15T00:00:00Z").plusSeconds(random.nextInt(500_000_000));
      Map<Instant, ScheduledBounds> expected = new HashMap<>();
      for (int i = 0; i < 600; i++) {
        t = t.plusMillis(random.nextInt(7_200_000));
        instants.add(t);
        expected.put(t, sequential.at(t));
      }
      Collections.shuffle(instants, new Random(random.nextLong()));
      for (Instant at : instants.subList(0, 120)) {
        assertThat(shuffled.at(at)).as("%s at %s", schedules, at).isEqualTo(expected.get(at));
      }
      for (Instant at : instants.subList(0, 10)) {
        assertThat(plan(schedules).at(at)).as("restarted").isEqualTo(expected.get(at));
      }
    }
  }

  @Test
  void orderOfSchedules_changesNoBound() {
    SplittableRandom random = new SplittableRandom(22);
    for (int round = 0; round < 50; round++) {
      List<Schedule> schedules = randomSchedules(random);
      SchedulePlan one = plan(schedules);
      SchedulePlan other = plan(schedules.reversed());
      Instant t = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(100_000_000));
      for (int i = 0; i < 100; i++) {
        t = t.plusSeconds(random.nextInt(3000));
        assertThat(one.at(t).floor()).isEqualTo(other.at(t).floor());
        assertThat(one.at(t).ceiling()).isEqualTo(other.at(t).ceiling());
        assertThat(one.at(t).demand()).isEqualTo(other.at(t).demand());
      }
    }
  }

  /** Between two transitions nothing changes but on a ramp, and the floor is never above. */
  @Test
  void transitions_areAllThereIs() {
    SplittableRandom random = new SplittableRandom(23);
    for (int round = 0; round < 40; round++) {
      SchedulePlan plan =
          plan(randomSchedules(random).stream().map(s -> with(s, Duration.ZERO)).toList());
      Instant from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(100_000_000));
      Instant to = from.plus(Duration.ofDays(20));
      List<Transition> transitions = plan.transitionsBetween(from, to);
      assertThat(plan.nextTransitions(transitions.size(), from)).isEqualTo(transitions);
      ScheduledBounds holding = plan.at(from);
      int next = 0;
      for (Instant t = from; t.isBefore(to); t = t.plusSeconds(613)) {
        while (next < transitions.size() && !transitions.get(next).at().isAfter(t)) {
          holding = transitions.get(next++).bounds();
        }
        assertThat(plan.at(t)).isEqualTo(holding);
        assertThat(holding.floor()).isLessThanOrEqualTo(holding.ceiling());
      }
    }
  }

  @Test
  void answers_areThoseOfReadingEveryMinute() {
    SplittableRandom random = new SplittableRandom(24);
    for (int round = 0; round < 60; round++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant aroundAChange = aClockChange(random, ZoneId.of(zone));
      Instant from = aroundAChange.minus(Duration.ofDays(2)).plusSeconds(random.nextInt(3600));
      String start = NaiveCron.random(random);
      Duration lasting = Duration.ofMinutes(5 + random.nextInt(1500));
      String until = random.nextBoolean() ? NaiveCron.random(random) : "";
      LocalDate excluded = aroundAChange.atZone(ZoneId.of(zone)).toLocalDate();
      ScheduleBuilder builder = schedule("s").zone(zone).start(start).exclude(excluded.toString());
      Schedule schedule =
          (until.isEmpty() ? builder.lasting(Spans.text(lasting)) : builder.until(until)).build();
      Oracle oracle = new Oracle(ZoneId.of(zone), start, lasting, until, excluded);
      List<Instant[]> windows = oracle.windows(from, from.plus(Duration.ofDays(4)));
      SchedulePlan plan = plan(List.of(schedule));
      for (Instant t = from; t.isBefore(from.plus(Duration.ofDays(4))); t = t.plusSeconds(600)) {
        Instant at = t;
        boolean inside = windows.stream().anyMatch(w -> !at.isBefore(w[0]) && at.isBefore(w[1]));
        if (plan.at(t).floor() != (inside ? 10 : 2)) {
          fail("%s %s %s%s not %s, at %s", zone, start, lasting, until, excluded, t);
        }
      }
    }
  }

  /** The same rules told once more, plainly: every minute of the wall clock is looked at. */
  private record Oracle(ZoneId zone, String start, Duration lasting, String until, LocalDate not) {

    List<Instant[]> windows(Instant from, Instant to) {
      NaiveCron starts = new NaiveCron(start);
      NaiveCron ends = new NaiveCron(until.isEmpty() ? start : until);
      List<Instant[]> windows = new ArrayList<>();
      // Long enough for the rarest end that NaiveCron.random makes.
      LocalDateTime first =
          LocalDateTime.ofInstant(from, zone).minusDays(until.isEmpty() ? 4 : 150);
      LocalDateTime last = LocalDateTime.ofInstant(to, zone).plusDays(2);
      LocalDateTime next = first;
      for (LocalDateTime wall = first.withSecond(0);
          wall.isBefore(last);
          wall = wall.plusMinutes(1)) {
        if (starts.matches(wall) && !wall.toLocalDate().equals(not) && exists(wall.toLocalDate())) {
          if (until.isEmpty()) {
            LocalDateTime shown = LocalDateTime.ofInstant(instant(wall), zone);
            windows.add(new Instant[] {instant(wall), instant(shown.plus(lasting))});
          } else {
            next = next.isAfter(wall) ? next : nextEnd(ends, wall);
            windows.add(new Instant[] {instant(wall), instant(next)});
          }
        }
      }
      return windows;
    }

    private boolean exists(LocalDate date) {
      return date.atStartOfDay(zone).toLocalDate().equals(date);
    }

    private LocalDateTime nextEnd(NaiveCron ends, LocalDateTime wall) {
      LocalDateTime end = wall.plusMinutes(1);
      while (!ends.matches(end)) {
        end = end.plusMinutes(1);
      }
      return end;
    }

    private Instant instant(LocalDateTime wall) {
      ZonedDateTime lenient = ZonedDateTime.ofLocal(wall, zone, null);
      // In a gap the library moves a time by the gap's length: go back to where the gap ended.
      return lenient.toLocalDateTime().equals(wall)
          ? lenient.withEarlierOffsetAtOverlap().toInstant()
          : zone.getRules().previousTransition(lenient.toInstant().plusSeconds(1)).getInstant();
    }
  }

  private static Instant aClockChange(SplittableRandom random, ZoneId zone) {
    Instant some = Instant.parse("2011-01-01T00:00:00Z").plusSeconds(random.nextInt(500_000_000));
    ZoneOffsetTransition next = zone.getRules().nextTransition(some);
    return next == null ? some : next.getInstant();
  }

  private static List<Schedule> randomSchedules(SplittableRandom random) {
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      ScheduleBuilder builder =
          schedule("s" + i)
              .zone(ZONES.get(random.nextInt(ZONES.size())))
              .start(NaiveCron.random(random))
              .ramp(random.nextInt(3) * random.nextInt(90) + "m");
      builder =
          random.nextBoolean()
              ? builder.lasting(1 + random.nextInt(4000) + "m")
              : builder.until(NaiveCron.random(random));
      int replicas = random.nextInt(40);
      schedules.add(
          builder
              .target(
                  switch (random.nextInt(5)) {
                    case 0 -> Target.floor(replicas);
                    case 1 -> Target.ceiling(replicas);
                    case 2 -> new Target.Exact(replicas);
                    case 3 -> new Target.Demand(Quantity.ofMilli(1 + random.nextLong(1_000_000)));
                    default -> Target.range(replicas / 2, replicas);
                  })
              .build());
    }
    return schedules;
  }

  private static Schedule with(Schedule schedule, Duration ramp) {
    return new Schedule(
        schedule.name(),
        schedule.timeZone(),
        schedule.start(),
        schedule.end(),
        schedule.target(),
        ramp,
        schedule.exclude());
  }

  private static SchedulePlan plan(List<Schedule> schedules) {
    return new SchedulePlan(new Baseline(2, 40), schedules, Map.of());
  }
}
