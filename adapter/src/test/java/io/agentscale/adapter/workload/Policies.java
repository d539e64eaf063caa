// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes policies for Deployment n/coder: 12 per replica, 2 to 40 replicas, unless said otherwise.
 */
public final class Policies {
  private PolicyDefinition made =
      new PolicyDefinition(
          new PolicyKey("n", "coder"),
          "uid",
          1,
          new TargetRef("apps/v1", "Deployment", "coder"),
          PolicyDefinition.Mode.ENFORCE,
          new DemandSource.OfPreset("agent-concurrency"),
          settings(2, 40, List.of()),
          Optional.empty(),
          Optional.empty(),
          ScaleIn.UNPROTECTED,
          new Actuation.Metric());

  private static PolicySettings settings(int min, int max, List<Schedule> schedules) {
    return PolicySettings.of(
        Quantity.of(12), new SchedulePlan(new Baseline(min, max), schedules, Map.of()));
  }

  public PolicyDefinition make() {
    return made;
  }

  public Policies named(String name) {
    return with(name, made.target(), made.mode(), made.demand(), made.settings());
  }

  public Policies scaling(String apiVersion, String kind, String name) {
    return with(
        made.key().name(),
        new TargetRef(apiVersion, kind, name),
        made.mode(),
        made.demand(),
        made.settings());
  }

  public Policies in(PolicyDefinition.Mode mode) {
    return with(made.key().name(), made.target(), mode, made.demand(), made.settings());
  }

  public Policies asking(String promql) {
    return asking(new DemandSource.OfQuery(promql, Optional.empty()));
  }

  public Policies asking(DemandSource demand) {
    return with(made.key().name(), made.target(), made.mode(), demand, made.settings());
  }

  public Policies between(int min, int max, Target... targets) {
    List<Schedule> schedules =
        IntStream.range(0, targets.length)
            .mapToObj(
                i ->
                    new Schedule(
                        "s" + i,
                        ZoneId.of("Europe/Berlin"),
                        new Start.Recurring(Cron.parse("0 8 * * *")),
                        new End.After(Duration.ofHours(9)),
                        targets[i],
                        Duration.ZERO,
                        List.of()))
            .toList();
    return with(
        made.key().name(),
        made.target(),
        made.mode(),
        made.demand(),
        settings(min, max, schedules));
  }

  private Policies with(
      String name,
      TargetRef target,
      PolicyDefinition.Mode mode,
      DemandSource demand,
      PolicySettings settings) {
    made =
        new PolicyDefinition(
            new PolicyKey("n", name),
            made.uid(),
            made.generation(),
            target,
            mode,
            demand,
            settings,
            made.forecast(),
            made.activation(),
            made.scaleIn(),
            made.actuation());
    return this;
  }

  public Policies by(Actuation actuation) {
    return with(made.forecast(), made.activation(), made.scaleIn(), actuation);
  }

  public Policies forecasting() {
    ForecastPlan plan = new ForecastPlan(Duration.ofDays(14), new Lead.Auto(), ForecastUse.DEFAULT);
    return with(Optional.of(plan), made.activation(), made.scaleIn(), made.actuation());
  }

  public Policies fromZero() {
    Activation activation = new Activation(Quantity.ZERO, Duration.ofMinutes(5));
    return with(made.forecast(), Optional.of(activation), made.scaleIn(), made.actuation());
  }

  public Policies protectingRunsOf(Duration longRun) {
    return with(made.forecast(), made.activation(), new ScaleIn(true, longRun), made.actuation());
  }

  private Policies with(
      Optional<ForecastPlan> forecast,
      Optional<Activation> activation,
      ScaleIn scaleIn,
      Actuation actuation) {
    made =
        new PolicyDefinition(
            made.key(),
            made.uid(),
            made.generation(),
            made.target(),
            made.mode(),
            made.demand(),
            made.settings(),
            forecast,
            activation,
            scaleIn,
            actuation);
    return this;
  }
}
