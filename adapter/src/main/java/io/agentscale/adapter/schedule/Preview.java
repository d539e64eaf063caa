// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import io.agentscale.core.schedule.Exclusion;
import io.agentscale.core.schedule.Occurrence;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.ScheduleLint;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.ScheduleWarning;
import io.agentscale.core.schedule.ScheduledBounds;
import io.agentscale.core.schedule.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the schedules of a policy do in a span of time.
 *
 * @param initial what holds at its start
 * @param transitions what changes in it, in order
 * @param skipped the excluded windows that would have begun in it, in order
 * @param warnings what is odd
 */
record Preview(
    PolicyFile policy,
    Instant from,
    Instant to,
    ScheduledBounds initial,
    List<Transition> transitions,
    List<Skipped> skipped,
    List<ScheduleWarning> warnings) {

  /** A window that does not happen because its date is excluded. */
  record Skipped(Instant at, Schedule schedule, Exclusion exclusion) {}

  static Preview of(PolicyFile policy, Instant from, Instant to) {
    SchedulePlan plan = policy.plan();
    List<Skipped> skipped = new ArrayList<>();
    for (Schedule schedule : plan.schedules()) {
      for (Occurrence occurrence : plan.occurrences(schedule, from, to)) {
        occurrence
            .excludedBy()
            .ifPresent(by -> skipped.add(new Skipped(occurrence.start(), schedule, by)));
      }
    }
    skipped.sort(Comparator.comparing(Skipped::at));
    return new Preview(
        policy,
        from,
        to,
        plan.at(from),
        plan.transitionsBetween(from, to),
        List.copyOf(skipped),
        ScheduleLint.warnings(plan, from, to));
  }

  Schedule schedule(String name) {
    return policy.plan().schedules().stream()
        .filter(schedule -> schedule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
