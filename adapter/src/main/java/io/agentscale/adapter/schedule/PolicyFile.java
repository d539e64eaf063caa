// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import io.agentscale.adapter.yaml.InvalidFieldException;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.schedule.Baseline;
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
    return YamlDocument.read(
        file, policy -> policy(policy, new ScheduleReader(Calendars.of(calendars), false)));
  }

  private static PolicyFile policy(YamlMapping policy, ScheduleReader reader) {
    policy.required("kind", kind -> kind.oneOf(KIND));
    Optional<String> name = policy.section("metadata", PolicyFile::name);
    Optional<SchedulePlan> plan = policy.section("spec", spec -> plan(spec, reader));
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

  private static SchedulePlan plan(YamlMapping spec, ScheduleReader reader) {
    Optional<Integer> min = spec.required("minReplicas", v -> v.integer(0, NO_LIMIT));
    Optional<Integer> max = spec.required("maxReplicas", v -> v.integer(1, NO_LIMIT));
    List<Schedule> schedules = reader.schedules(spec, max);
    spec.ignoreOthers();
    return reader.plan(baseline(min.orElseThrow(), max.orElseThrow()), schedules);
  }

  private static Baseline baseline(int minReplicas, int maxReplicas) {
    try {
      return new Baseline(minReplicas, maxReplicas);
    } catch (InvalidScheduleException e) {
      throw new InvalidFieldException(e.field(), e.problem());
    }
  }
}
