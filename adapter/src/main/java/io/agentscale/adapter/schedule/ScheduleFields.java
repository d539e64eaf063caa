// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Exclusion;
import io.agentscale.core.schedule.InvalidScheduleException;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.Spans;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import io.agentscale.core.schedule.TimeZones;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One entry of a ScalingPolicy's {@code spec.schedules} as it is written: every field as its text,
 * none checked yet.
 *
 * @param name unique in the policy
 * @param timeZone IANA name
 * @param start five-field cron, or absent where {@code at} is given
 * @param at one-off start: local date-time, or instant with {@code Z} or an offset
 * @param duration such as {@code 9h}, or absent where {@code end} is given
 * @param end five-field cron
 * @param replicas floor and ceiling, or exact; absent where {@code demand} is given
 * @param demand Kubernetes quantity
 * @param ramp such as {@code 10m}
 * @param exclude dates, ranges {@code first/last} and {@code calendar:NAME}
 */
public record ScheduleFields(
    String name,
    String timeZone,
    Optional<String> start,
    Optional<String> at,
    Optional<String> duration,
    Optional<String> end,
    Optional<Replicas> replicas,
    Optional<String> demand,
    Optional<String> ramp,
    List<String> exclude) {
  public ScheduleFields {
    exclude = List.copyOf(exclude);
  }

  /** The replicas a schedule asks for. */
  public record Replicas(
      Optional<Integer> floor, Optional<Integer> ceiling, Optional<Integer> exact) {}

  /**
   * Returns the schedule these fields mean.
   *
   * @throws InvalidScheduleException naming the field, its rule and what was found
   */
  public Schedule toSchedule() {
    ZoneId zone = parse("timeZone", timeZone, TimeZones::named);
    Start begins =
        oneOf(
            "start",
            start.map(text -> new Start.Recurring(parse("start", text, Cron::parse))),
            "at",
            at.map(text -> parse("at", text, Start::at)));
    End ends =
        oneOf(
            "duration",
            duration.map(text -> new End.After(parse("duration", text, Spans::parse))),
            "end",
            end.map(text -> new End.At(parse("end", text, Cron::parse))));
    Target target =
        oneOf(
            "replicas",
            replicas.map(ScheduleFields::target),
            "demand",
            demand.map(text -> new Target.Demand(parse("demand", text, ScheduleFields::quantity))));
    Duration slope = ramp.map(text -> parse("ramp", text, Spans::parse)).orElse(Duration.ZERO);
    List<Exclusion> exclusions = new ArrayList<>();
    for (String text : exclude) {
      exclusions.add(parse("exclude[" + exclusions.size() + "]", text, Exclusion::parse));
    }
    return new Schedule(name, zone, begins, ends, target, slope, exclusions);
  }

  private static Target target(Replicas replicas) {
    if (replicas.exact().isEmpty()) {
      return new Target.Range(optionalInt(replicas.floor()), optionalInt(replicas.ceiling()));
    }
    if (replicas.floor().isPresent() || replicas.ceiling().isPresent()) {
      throw new InvalidScheduleException(
          "replicas.exact", "must be alone, was: beside a floor or a ceiling");
    }
    return new Target.Exact(replicas.exact().get());
  }

  private static OptionalInt optionalInt(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  private static Quantity quantity(String text) {
    try {
      return Quantity.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a quantity such as 1200 or 2M, was: " + text, e);
    }
  }

  private static <T> T parse(String field, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidScheduleException(field, String.valueOf(e.getMessage()));
    }
  }

  private static <T> T oneOf(
      String first, Optional<? extends T> a, String second, Optional<? extends T> b) {
    if (a.isPresent() && b.isPresent()) {
      throw new InvalidScheduleException(
          second, "must be absent beside `" + first + "`, was: given");
    }
    if (a.isPresent()) {
      return a.get();
    }
    if (b.isPresent()) {
      return b.get();
    }
    throw new InvalidScheduleException(
        first, "must be given, or `" + second + "` instead, was: neither");
  }
}
