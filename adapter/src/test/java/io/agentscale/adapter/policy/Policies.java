// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Policies and targets for tests. */
public final class Policies {
  public static final TargetRef CODER = new TargetRef("apps/v1", "Deployment", "coder");
  public static final ForecastPlan PLAN =
      new ForecastPlan(
          Duration.ofDays(14), new Lead.Auto(), new ForecastUse(0.9, new SkillGate(0)));

  private Policies() {}

  /** Returns a policy of 12 a replica, 2 to 40 replicas, that follows a query. */
  public static PolicyDefinition coder() {
    return named("coder");
  }

  public static PolicyDefinition named(String name) {
    return with(
        new PolicyKey("agent-prod", name),
        PolicySettings.reactive(Quantity.of(12), new ReplicaBounds(2, 40)));
  }

  public static PolicyDefinition with(PolicyKey key, PolicySettings settings) {
    return new PolicyDefinition(
        key,
        "uid-" + key.name(),
        1,
        new TargetRef("apps/v1", "Deployment", key.name()),
        PolicyDefinition.Mode.ENFORCE,
        new DemandSource.OfQuery("sum(waiting)", Optional.empty()),
        settings,
        Optional.empty(),
        Optional.empty(),
        ScaleIn.UNPROTECTED,
        new Actuation.Metric());
  }

  public static PolicyDefinition inMode(PolicyDefinition policy, PolicyDefinition.Mode mode) {
    return new PolicyDefinition(
        policy.key(),
        policy.uid(),
        policy.generation() + 1,
        policy.target(),
        mode,
        policy.demand(),
        policy.settings(),
        policy.forecast(),
        policy.activation(),
        policy.scaleIn(),
        policy.actuation());
  }

  public static PolicyDefinition acting(PolicyDefinition policy, Actuation actuation) {
    return new PolicyDefinition(
        policy.key(),
        policy.uid(),
        policy.generation() + 1,
        policy.target(),
        policy.mode(),
        policy.demand(),
        policy.settings(),
        policy.forecast(),
        policy.activation(),
        policy.scaleIn(),
        actuation);
  }

  public static PolicyDefinition reading(PolicyDefinition policy, DemandSource demand) {
    return new PolicyDefinition(
        policy.key(),
        policy.uid(),
        policy.generation() + 1,
        policy.target(),
        policy.mode(),
        demand,
        policy.settings(),
        policy.forecast(),
        policy.activation(),
        policy.scaleIn(),
        policy.actuation());
  }

  public static PolicyDefinition protecting(PolicyDefinition policy) {
    return new PolicyDefinition(
        policy.key(),
        policy.uid(),
        policy.generation() + 1,
        policy.target(),
        policy.mode(),
        policy.demand(),
        policy.settings(),
        policy.forecast(),
        policy.activation(),
        new ScaleIn(true, Duration.ofMinutes(1)),
        policy.actuation());
  }

  public static PolicyDefinition forecasting(PolicyDefinition policy, ForecastPlan plan) {
    return new PolicyDefinition(
        policy.key(),
        policy.uid(),
        policy.generation() + 1,
        policy.target(),
        policy.mode(),
        policy.demand(),
        policy.settings().withForecast(plan.use()),
        Optional.of(plan),
        policy.activation(),
        policy.scaleIn(),
        policy.actuation());
  }

  /** Returns a target whose replicas all serve. */
  public static TargetView.Known target(int replicas) {
    return target(replicas, Optional.empty());
  }

  public static TargetView.Known target(int replicas, Optional<TargetView.MeasuredLead> lead) {
    return new TargetView.Known(
        replicas, replicas, LabelSelector.parse("app=coder"), List.of(), lead, List.of());
  }

  /** Returns an autoscaler that wants what it sees. */
  public static AutoscalerView autoscaler(int min, int max, int replicas) {
    return new AutoscalerView(
        "HorizontalPodAutoscaler",
        "coder",
        min,
        max,
        replicas,
        replicas,
        Optional.empty(),
        List.of());
  }
}
