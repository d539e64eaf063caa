// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.agentscale.adapter.yaml.InvalidFieldException;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Exclusion;
import io.agentscale.core.schedule.HolidayCalendar;
import io.agentscale.core.schedule.InvalidScheduleException;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Spans;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import io.agentscale.core.schedule.TimeZones;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the entries of a ScalingPolicy's {@code spec.schedules}, and the plan they make.
 *
 * @param calendars by the names that schedules exclude them by
 * @param tolerant pass over keys nobody knows
 */
public record ScheduleReader(Calendars calendars, boolean tolerant) {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * Reads the list.
   *
   * @param maxReplicas of the policy, where it could be read: no floor is above it
   */
  public List<Schedule> schedules(YamlMapping spec, Optional<Integer> maxReplicas) {
    return spec.list("schedules", item -> item.mapping(m -> schedule(m, maxReplicas)));
  }

  /** Returns the plan of schedules between the bounds that hold outside their windows. */
  public SchedulePlan plan(Baseline baseline, List<Schedule> schedules) {
    try {
      return requirePlan(baseline, schedules);
    } catch (InvalidScheduleException e) {
      throw new InvalidFieldException(e.field(), e.problem());
    }
  }

  @CanIgnoreReturnValue
  private SchedulePlan requirePlan(Baseline baseline, List<Schedule> schedules) {
    return new SchedulePlan(baseline, schedules, calendars(schedules));
  }

  private Map<String, HolidayCalendar> calendars(List<Schedule> schedules) {
    Map<String, HolidayCalendar> used = new HashMap<>();
    for (Schedule schedule : schedules) {
      for (Exclusion exclusion : schedule.exclude()) {
        if (exclusion instanceof Exclusion.Calendar(String name)) {
          used.put(name, calendars.named(name));
        }
      }
    }
    return used;
  }

  private Schedule schedule(YamlMapping mapping, Optional<Integer> maxReplicas) {
    Optional<String> name = mapping.required("name", YamlValue::nonEmpty);
    Optional<ZoneId> zone = mapping.required("timeZone", v -> TimeZones.named(v.nonEmpty()));
    Optional<Start> start =
        eitherOf(
            mapping,
            "start",
            v -> new Start.Recurring(Cron.parse(v.string())),
            "at",
            v -> Start.at(v.string()));
    Optional<End> end =
        eitherOf(
            mapping,
            "duration",
            v -> new End.After(Spans.parse(v.string())),
            "end",
            v -> new End.At(Cron.parse(v.string())));
    // Made after all keys are read: a misspelt one is not missing as well.
    Optional<Supplier<Target>> target =
        eitherOf(
            mapping,
            "replicas",
            v -> v.mapping(this::replicas),
            "demand",
            v -> constant(demand(v.quantity())));
    Optional<Duration> ramp = mapping.optional("ramp", v -> Spans.parse(v.string()));
    List<Exclusion> exclude = mapping.list("exclude", this::exclusion);
    ignoreOthersIfTolerant(mapping);
    try {
      Schedule schedule =
          new Schedule(
              name.orElseThrow(),
              zone.orElseThrow(),
              start.orElseThrow(),
              end.orElseThrow(),
              target.orElseThrow().get(),
              ramp.orElse(Duration.ZERO),
              exclude);
      // Checked as if it were alone, so that a problem is reported where it is written.
      requirePlan(new Baseline(0, maxReplicas.orElse(NO_LIMIT)), List.of(schedule));
      return schedule;
    } catch (InvalidScheduleException e) {
      throw new InvalidFieldException(
          e.field().replaceFirst("^schedules\\[0]\\.", ""), e.problem());
    }
  }

  private Supplier<Target> replicas(YamlMapping mapping) {
    Optional<Integer> floor = mapping.optional("floor", v -> v.integer(0, NO_LIMIT));
    Optional<Integer> ceiling = mapping.optional("ceiling", v -> v.integer(0, NO_LIMIT));
    Optional<Integer> exact = mapping.optional("exact", v -> v.integer(0, NO_LIMIT));
    ignoreOthersIfTolerant(mapping);
    return () -> {
      if (exact.isEmpty()) {
        return new Target.Range(optionalInt(floor), optionalInt(ceiling));
      }
      if (floor.isPresent() || ceiling.isPresent()) {
        throw new InvalidScheduleException(
            "replicas.exact", "must be alone, was: beside a floor or a ceiling");
      }
      return new Target.Exact(exact.get());
    };
  }

  private static Supplier<Target> constant(Target target) {
    return () -> target;
  }

  private Exclusion exclusion(YamlValue item) {
    if (item.isMapping()) {
      // What YAML makes of an unquoted `calendar: NAME`; Kubernetes wants text.
      throw new IllegalArgumentException(
          "must be text such as \"calendar:NAME\" in quotes, was: a mapping");
    }
    Exclusion exclusion = Exclusion.parse(item.nonEmpty());
    if (exclusion instanceof Exclusion.Calendar(String name)) {
      calendars.named(name);
    }
    return exclusion;
  }

  private void ignoreOthersIfTolerant(YamlMapping mapping) {
    if (tolerant) {
      mapping.ignoreOthers();
    }
  }

  private static <T> Optional<T> eitherOf(
      YamlMapping mapping,
      String first,
      Function<YamlValue, ? extends T> readFirst,
      String second,
      Function<YamlValue, ? extends T> readSecond) {
    boolean hasFirst = mapping.has(first);
    boolean hasSecond = mapping.has(second);
    Optional<T> one = mapping.optional(first, readFirst::apply);
    Optional<T> other = mapping.optional(second, readSecond::apply);
    if (hasFirst && hasSecond) {
      mapping.refuse(second, "must be absent beside `" + first + "`, was: given");
    } else if (!hasFirst && !hasSecond) {
      mapping.refuse(first, "must be given, or `" + second + "` instead, was: neither");
    }
    return one.or(() -> other);
  }

  private static OptionalInt optionalInt(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  private static Target demand(String text) {
    Quantity amount;
    try {
      amount = Quantity.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a quantity such as 1200 or 2M, was: " + text, e);
    }
    try {
      return new Target.Demand(amount);
    } catch (InvalidScheduleException e) {
      throw new IllegalArgumentException(e.problem(), e);
    }
  }
}
