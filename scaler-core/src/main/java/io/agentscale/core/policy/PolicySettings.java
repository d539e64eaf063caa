// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.SchedulePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy is told by its author.
 *
 * @param perReplica demand one ready replica carries
 * @param schedules with the bounds (minReplicas, maxReplicas) that hold outside their windows
 * @param headroom spare capacity above the live demand
 * @param forecast how forecasts are used; empty for not at all
 * @param quota the provider's limit; empty for none
 * @param hold how long the last known demand stands in for one that is unknown
 * @param tolerance of the HorizontalPodAutoscaler that follows the served demand, a ratio
 */
public record PolicySettings(
    Quantity perReplica,
    SchedulePlan schedules,
    Headroom headroom,
    Optional<ForecastUse> forecast,
    Optional<Quota> quota,
    Duration hold,
    double tolerance) {
  /** As long as a HorizontalPodAutoscaler keeps the highest recent recommendation by default. */
  public static final Duration DEFAULT_HOLD = Duration.ofMinutes(5);

  /** Kubernetes' {@code --horizontal-pod-autoscaler-tolerance}. */
  public static final double DEFAULT_TOLERANCE = 0.1;

  public PolicySettings {
    Positive.require("perReplica", perReplica.doubleValue());
    if (hold.isNegative()) {
      throw new IllegalArgumentException("hold: must not be negative, was: " + hold);
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance: must be in [0, 1), was: " + tolerance);
    }
  }

  /** Returns a policy that follows its schedules and the live demand. */
  public static PolicySettings of(Quantity perReplica, SchedulePlan schedules) {
    return new PolicySettings(
        perReplica,
        schedules,
        Headroom.NONE,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_HOLD,
        DEFAULT_TOLERANCE);
  }

  /** Returns a policy that follows the live demand alone. */
  public static PolicySettings reactive(Quantity perReplica, ReplicaBounds bounds) {
    Baseline baseline = new Baseline(bounds.min(), bounds.max());
    return of(perReplica, new SchedulePlan(baseline, List.of(), Map.of()));
  }

  public PolicySettings withHeadroom(Headroom other) {
    return new PolicySettings(perReplica, schedules, other, forecast, quota, hold, tolerance);
  }

  public PolicySettings withForecast(ForecastUse other) {
    return new PolicySettings(
        perReplica, schedules, headroom, Optional.of(other), quota, hold, tolerance);
  }

  public PolicySettings withQuota(Quota other) {
    return new PolicySettings(
        perReplica, schedules, headroom, forecast, Optional.of(other), hold, tolerance);
  }

  public PolicySettings withHold(Duration other) {
    return new PolicySettings(perReplica, schedules, headroom, forecast, quota, other, tolerance);
  }

  public PolicySettings withTolerance(double other) {
    return new PolicySettings(perReplica, schedules, headroom, forecast, quota, hold, other);
  }

  ReplicaBounds bounds() {
    return new ReplicaBounds(
        schedules.baseline().minReplicas(), schedules.baseline().maxReplicas());
  }
}
