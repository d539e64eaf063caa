// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import static java.util.stream.Collectors.joining;

import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Exclusion;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.Spans;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import io.agentscale.core.schedule.Transition;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Schedules and what happens to them, told in a line. */
final class ScheduleWords {
  private ScheduleWords() {}

  static String whole(Schedule schedule) {
    return "%s: %s, %s, %s: %s%s%s"
        .formatted(
            schedule.name(),
            start(schedule.start()),
            end(schedule.end()),
            schedule.timeZone(),
            target(schedule.target()),
            schedule.ramp().isZero() ? "" : "; ramp " + Spans.text(schedule.ramp()),
            schedule.exclude().isEmpty()
                ? ""
                : schedule.exclude().stream()
                    .map(Exclusion::toString)
                    .collect(joining(", ", "; not on ", "")));
  }

  static String event(Transition.Event event, Schedule schedule) {
    return switch (event) {
      case RAMP_UP -> "begins to rise: to " + raised(schedule.target());
      case START -> "begins: " + target(schedule.target());
      case CEILING_REACHED -> "has its ceiling down: " + target(schedule.target());
      case CEILING_LIFTING -> "begins to lift its ceiling";
      case END -> "ends";
      case RAMP_DOWN_DONE -> "has come down from " + raised(schedule.target());
    };
  }

  static String target(Target target) {
    return switch (target) {
      case Target.Range range ->
          Stream.of(text("floor", range.floor()), text("ceiling", range.ceiling()))
              .filter(part -> !part.isEmpty())
              .collect(joining(", "));
      case Target.Exact(int replicas) -> "exactly " + replicas;
      case Target.Demand demand -> "demand " + demand.atLeast();
    };
  }

  private static String raised(Target target) {
    return switch (target) {
      case Target.Range range -> text("floor", range.floor());
      case Target.Exact(int replicas) -> "floor " + replicas;
      case Target.Demand demand -> "demand " + demand.atLeast();
    };
  }

  private static String text(String bound, OptionalInt value) {
    return value.isPresent() ? bound + " " + value.getAsInt() : "";
  }

  private static String start(Start start) {
    return switch (start) {
      case Start.Recurring(var cron) -> cron + " (" + cron.description() + ")";
      case Start.OnceLocal(var time) -> "once at " + time;
      case Start.OnceInstant(var time) -> "once at " + time;
    };
  }

  private static String end(End end) {
    return switch (end) {
      case End.After(var duration) -> "for " + Spans.text(duration);
      case End.At(var cron) -> "until " + cron + " (" + cron.description() + ")";
    };
  }
}
