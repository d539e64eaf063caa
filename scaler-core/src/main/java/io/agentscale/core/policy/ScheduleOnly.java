// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Influence;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.ScheduledBounds;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Recommends what schedules alone ask for, whatever the load: the rule of CronHPA controllers and
 * of KEDA's cron scaler. The floor holds, or as many replicas as the scheduled demand needs if
 * those are more, up to the ceiling.
 *
 * @param plan the schedules and the bounds outside their windows
 * @param perReplica demand one replica carries
 */
public record ScheduleOnly(SchedulePlan plan, Quantity perReplica)
    implements Recommender<Stateless> {

  public ScheduleOnly {
    Positive.require("perReplica", perReplica.doubleValue());
  }

  @Override
  public Stateless initialState() {
    return new Stateless();
  }

  @Override
  public Recommendation<Stateless> recommend(Stateless state, Load load, Instant now) {
    ScheduledBounds bounds = plan.at(now);
    int forDemand =
        Capacity.forDemand(bounds.demand().orElse(Quantity.ZERO), perReplica).replicas();
    int replicas = Math.min(Math.max(bounds.floor(), forDemand), bounds.ceiling());
    return new Recommendation<>(replicas, state, describe(bounds.influences()));
  }

  /** Says what each schedule in or near a window contributes. */
  static String describe(List<Influence> influences) {
    return influences.isEmpty()
        ? "no window is open"
        : influences.stream().map(ScheduleOnly::describe).collect(Collectors.joining(", "));
  }

  private static String describe(Influence influence) {
    String value =
        influence.bound() == Influence.Bound.DEMAND
            ? Quantity.ofMilli(influence.value()).toString()
            : Long.toString(influence.value());
    String motion =
        switch (influence.motion()) {
          case HELD -> "";
          case APPROACHING -> " (on its way in)";
          case LEAVING -> " (on its way out)";
        };
    String bound =
        switch (influence.bound()) {
          case FLOOR -> "floor";
          case CEILING -> "ceiling";
          case EXACT -> "exactly";
          case DEMAND -> "demand";
        };
    return influence.schedule() + ": " + bound + " " + value + motion;
  }
}
