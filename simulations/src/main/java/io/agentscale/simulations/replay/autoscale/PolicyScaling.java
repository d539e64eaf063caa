// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.schedule.Baseline;
import java.util.List;
import java.util.Optional;

/**
 * A scaling policy of this project and the HPA that follows it.
 *
 * @param name in tables
 * @param settings of the policy
 * @param demand what the policy's live demand is
 * @param forecast how it forecasts, where the settings use a forecast
 * @param hpa follows the metric {@code agentscale_demand}, perhaps beside others
 * @param controller settings of the HPA's controller
 * @param signals what the HPA's other metrics measure
 * @param actuation how the decision reaches the HPA
 * @param activation how the first replica comes and the last one goes; empty where there always is
 *     one
 */
public record PolicyScaling(
    String name,
    PolicySettings settings,
    Signal demand,
    Optional<ForecastPlan> forecast,
    HpaSpec hpa,
    HpaSettings controller,
    Signals signals,
    Actuation actuation,
    Optional<Activation> activation)
    implements Autoscaler {

  /** How a policy's decision reaches its HPA. */
  public enum Actuation {
    /** By the metric the HPA follows, with its tolerance, stabilization and rate limits. */
    METRIC,
    /**
     * By the metric, and by the HPA's own bounds: its minimum is held at what schedules and
     * forecasts ask for and its maximum at a scheduled ceiling.
     */
    EXACT_FLOOR
  }

  public PolicyScaling {
    if (demand == Signal.SERVED_DEMAND || demand == Signal.LATENCY_P99_SECONDS) {
      throw new IllegalArgumentException("demand: must be a demand, was: " + demand.text());
    }
    if (settings.forecast().isPresent() && forecast.isEmpty()) {
      throw new IllegalArgumentException(
          "forecast: must say how to forecast, since the policy uses forecasts");
    }
  }

  /** Returns a policy on runs in pods and waiting, followed by an HPA of its own bounds. */
  public static PolicyScaling following(
      String name, PolicySettings settings, Optional<ForecastPlan> forecast) {
    return new PolicyScaling(
        name,
        settings,
        Signal.DEMAND,
        forecast,
        follower(settings),
        HpaSettings.DEFAULT,
        Signals.DEFAULT,
        Actuation.METRIC,
        Optional.empty());
  }

  /** Returns the HPA that follows a policy: one external metric, its demand a replica. */
  public static HpaSpec follower(PolicySettings settings) {
    Baseline baseline = settings.schedules().baseline();
    var metric =
        new MetricSpec(
            new MetricSource.ExternalMetric(
                new MetricIdentifier(Signals.SERVED_METRIC, Optional.empty())),
            MetricTarget.averageValue(settings.perReplica()));
    return new HpaSpec(
        "default",
        "follower",
        new ScaleTarget("apps/v1", "Deployment", "simulated"),
        Math.max(1, baseline.minReplicas()),
        baseline.maxReplicas(),
        List.of(metric),
        Optional.empty());
  }

  public PolicyScaling withActuation(Actuation other) {
    return new PolicyScaling(
        name, settings, demand, forecast, hpa, controller, signals, other, activation);
  }

  public PolicyScaling withActivation(Activation other) {
    return new PolicyScaling(
        name, settings, demand, forecast, hpa, controller, signals, actuation, Optional.of(other));
  }

  @Override
  public Session begin(SessionContext context) {
    return new PolicySession(this, context);
  }
}
