// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Schedules as tests write them. */
final class ScheduleBuilder {
  private final String name;
  private String zone = "UTC";
  private Start start = new Start.Recurring(Cron.parse("0 9 * * *"));
  private End end = new End.After(Duration.ofHours(9));
  private Target target = Target.floor(10);
  private Duration ramp = Duration.ZERO;
  private final List<Exclusion> exclude = new ArrayList<>();

  private ScheduleBuilder(String name) {
    this.name = name;
  }

  static ScheduleBuilder schedule(String name) {
    return new ScheduleBuilder(name);
  }

  static SchedulePlan plan(int min, int max, Schedule... schedules) {
    return new SchedulePlan(new Baseline(min, max), List.of(schedules), Map.of());
  }

  ScheduleBuilder zone(String id) {
    zone = id;
    return this;
  }

  ScheduleBuilder start(String cron) {
    start = new Start.Recurring(Cron.parse(cron));
    return this;
  }

  ScheduleBuilder at(String text) {
    start = Start.at(text);
    return this;
  }

  ScheduleBuilder lasting(String duration) {
    end = new End.After(Spans.parse(duration));
    return this;
  }

  ScheduleBuilder until(String cron) {
    end = new End.At(Cron.parse(cron));
    return this;
  }

  ScheduleBuilder target(Target value) {
    target = value;
    return this;
  }

  ScheduleBuilder ramp(String duration) {
    ramp = Spans.parse(duration);
    return this;
  }

  ScheduleBuilder exclude(String... exclusions) {
    for (String exclusion : exclusions) {
      exclude.add(Exclusion.parse(exclusion));
    }
    return this;
  }

  Schedule build() {
    return new Schedule(name, TimeZones.named(zone), start, end, target, ramp, exclude);
  }
}
