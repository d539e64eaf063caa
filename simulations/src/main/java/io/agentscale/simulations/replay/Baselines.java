// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastOnly;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.policy.ScheduleOnly;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.FixedReplicas;
import io.agentscale.simulations.replay.autoscale.ForecastPlan;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.autoscale.Oracle;
import io.agentscale.simulations.replay.autoscale.RecommenderScaling;
import io.agentscale.simulations.replay.autoscale.SeasonalNaive;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.trace.QuantileSketch;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The autoscalers every policy is shown beside. */
public final class Baselines {
  private Baselines() {}

  /**
   * Returns as many replicas, always, as the minimal schedule needs at a quantile of the traffic's
   * rate; reads the traffic.
   *
   * @param quantile 1 for the highest rate there ever is, 0.999 for one that is exceeded one time
   *     in a thousand
   */
  public static Autoscaler staticPeak(Traffic traffic, MinimalReplicas minimal, double quantile) {
    RateTraffic rates =
        switch (traffic) {
          case RateTraffic series -> series;
          case RequestTraffic requests -> requests.binned(Duration.ofMinutes(1));
        };
    QuantileSketch sketch = new QuantileSketch();
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        if (cursor.isKnown()) {
          sketch.add(cursor.requestsPerSecond());
        }
      }
    }
    double peak = sketch.count() == 0 ? 0 : quantile < 1 ? sketch.quantile(quantile) : sketch.max();
    return new FixedReplicas("static peak", minimal.forRate(peak));
  }

  /** Returns an HPA on CPU, in percent of the pods' cores. */
  public static Autoscaler hpaOnCpu(int percent, ReplicaBounds bounds) {
    var metric =
        new MetricSpec(
            new MetricSource.ResourceMetric("cpu"), MetricTarget.averageUtilization(percent));
    return new HpaScaling("HPA CPU " + percent + " %", hpa(bounds, metric));
  }

  /** Returns an HPA on runs in flight a pod. */
  public static Autoscaler hpaOnInFlight(int runsPerPod, ReplicaBounds bounds) {
    var metric =
        new MetricSpec(
            new MetricSource.PodsMetric(
                new MetricIdentifier("agent_runs_in_flight", Optional.empty())),
            MetricTarget.averageValue(Quantity.of((long) runsPerPod)));
    return new HpaScaling("HPA in-flight " + runsPerPod, hpa(bounds, metric));
  }

  /** Returns schedules alone, whatever the load. */
  public static Autoscaler scheduleOnly(SchedulePlan plan, Quantity perReplica) {
    return new RecommenderScaling("schedule only", new ScheduleOnly(plan, perReplica));
  }

  /** Returns a forecast alone, whatever the load. */
  public static Autoscaler forecastOnly(
      ForecastUse use, Quantity perReplica, ReplicaBounds bounds, ForecastPlan plan) {
    return new RecommenderScaling(
        "forecast only", new ForecastOnly(use, perReplica, bounds), Optional.of(plan));
  }

  /** Returns what was needed a day ago, whatever the load is now. */
  public static Autoscaler seasonalNaive(ReplicaBounds bounds) {
    return new SeasonalNaive("seasonal naive", bounds, Duration.ofDays(1));
  }

  /** Returns the one that knows the future. */
  public static Autoscaler oracle(ReplicaBounds bounds) {
    return new Oracle("oracle", bounds);
  }

  /** Returns those that need no settings: static peak, three HPAs and the oracle. */
  public static List<Autoscaler> usual(
      Traffic traffic, MinimalReplicas minimal, ReplicaBounds bounds, int runsPerPod) {
    return List.of(
        staticPeak(traffic, minimal, 1),
        hpaOnCpu(60, bounds),
        hpaOnCpu(70, bounds),
        hpaOnInFlight(runsPerPod, bounds),
        oracle(bounds));
  }

  private static HpaSpec hpa(ReplicaBounds bounds, MetricSpec metric) {
    return new HpaSpec(
        "default",
        "baseline",
        new ScaleTarget("apps/v1", "Deployment", "simulated"),
        bounds.min(),
        bounds.max(),
        List.of(metric),
        Optional.empty());
  }
}
