// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import io.agentscale.adapter.yaml.InvalidFieldException;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Exclusion;
import io.agentscale.core.schedule.HolidayCalendar;
import io.agentscale.core.schedule.InvalidScheduleException;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a ScalingPolicy file that schedules depend on; the rest is left to its own readers.
 *
 * @param name of the policy
 * @param plan its schedules between its bounds
 */
record PolicyFile(String name, SchedulePlan plan) {
  private static final String KIND = "ScalingPolicy";
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * Reads a file.
   *
   * @param calendars by the names its schedules exclude them by
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem found
   * @throws IOException if it cannot be read
   */
  static PolicyFile read(Path file, Map<String, HolidayCalendar> calendars) throws IOException {
    return YamlDocument.read(file, policy -> policy(policy, calendars));
  }

  private static PolicyFile policy(YamlMapping policy, Map<String, HolidayCalendar> calendars) {
    policy.required("kind", kind -> kind.oneOf(KIND));
    Optional<String> name = policy.section("metadata", PolicyFile::name);
    Optional<SchedulePlan> plan = policy.section("spec", spec -> plan(spec, calendars));
    policy.ignoreOthers();
    if (plan.isEmpty()) {
      throw new IllegalArgumentException("spec: must be given");
    }
    return new PolicyFile(name.orElse("unnamed"), plan.get());
  }

  private static String name(YamlMapping metadata) {
    metadata.ignoreOthers();
    return metadata.optional("name", YamlValue::nonEmpty).orElse("unnamed");
  }

  private static SchedulePlan plan(YamlMapping spec, Map<String, HolidayCalendar> calendars) {
    Optional<Integer> min = spec.required("minReplicas", v -> v.integer(0, NO_LIMIT));
    Optional<Integer> max = spec.required("maxReplicas", v -> v.integer(1, NO_LIMIT));
    List<Schedule> schedules =
        spec.list("schedules", item -> item.mapping(m -> schedule(m, max, calendars)));
    spec.ignoreOthers();
    try {
      Baseline baseline = new Baseline(min.orElseThrow(), max.orElseThrow());
      return new SchedulePlan(baseline, schedules, calendars);
    } catch (InvalidScheduleException e) {
      throw new InvalidFieldException(e.field(), e.problem());
    }
  }

  private static Schedule schedule(
      YamlMapping mapping, Optional<Integer> max, Map<String, HolidayCalendar> calendars) {
    Optional<String> name = mapping.required("name", YamlValue::nonEmpty);
    Optional<String> zone = mapping.required("timeZone", YamlValue::nonEmpty);
    Optional<String> start = mapping.optional("start", YamlValue::string);
    Optional<String> at = mapping.optional("at", YamlValue::string);
    Optional<String> duration = mapping.optional("duration", YamlValue::string);
    Optional<String> end = mapping.optional("end", YamlValue::string);
    Optional<ScheduleFields.Replicas> replicas = mapping.section("replicas", PolicyFile::replicas);
    Optional<String> demand = mapping.optional("demand", YamlValue::string);
    Optional<String> ramp = mapping.optional("ramp", YamlValue::string);
    List<String> exclude = mapping.list("exclude", PolicyFile::exclusion);
    ScheduleFields fields =
        new ScheduleFields(
            name.orElseThrow(),
            zone.orElseThrow(),
            start,
            at,
            duration,
            end,
            replicas,
            demand,
            ramp,
            exclude);
    return checked(fields, max, calendars);
  }

  /** Checks one schedule as if it were alone, so that a problem is reported where it is written. */
  private static Schedule checked(
      ScheduleFields fields, Optional<Integer> max, Map<String, HolidayCalendar> calendars) {
    try {
      Schedule schedule = fields.toSchedule();
      new SchedulePlan(new Baseline(0, max.orElse(NO_LIMIT)), List.of(schedule), calendars);
      return schedule;
    } catch (InvalidScheduleException e) {
      throw new InvalidFieldException(
          e.field().replaceFirst("^schedules\\[0]\\.", ""), e.problem());
    }
  }

  private static ScheduleFields.Replicas replicas(YamlMapping mapping) {
    return new ScheduleFields.Replicas(
        mapping.optional("floor", v -> v.integer(0, NO_LIMIT)),
        mapping.optional("ceiling", v -> v.integer(0, NO_LIMIT)),
        mapping.optional("exact", v -> v.integer(0, NO_LIMIT)));
  }

  /** {@code - calendar: NAME} is what YAML makes of an unquoted {@code calendar: NAME}. */
  private static String exclusion(YamlValue item) {
    return item.isMapping()
        ? item.mapping(
            m ->
                Exclusion.CALENDAR_PREFIX
                    + m.required("calendar", YamlValue::nonEmpty).orElseThrow())
        : item.nonEmpty();
  }
}
