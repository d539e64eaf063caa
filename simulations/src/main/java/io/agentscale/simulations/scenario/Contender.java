// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.Baselines;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.ForecastPlan;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.BaselineSettings.ForecastAlone;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.trace.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Something that sets replicas in a scenario: a policy or a baseline.
 *
 * @param name in tables
 * @param baseline whether it is one
 * @param factory makes it for a case
 * @param on changes the cluster to what the contender makes of it
 */
record Contender(String name, boolean baseline, Factory factory, UnaryOperator<Cluster> on) {

  /** Makes an autoscaler for a case. */
  @FunctionalInterface
  interface Factory {
    Autoscaler make(Traffic traffic, Cluster cluster);
  }

  /** Returns the policies of a scenario, and its baselines. */
  static List<Contender> of(Scenario scenario) {
    List<Contender> all = new ArrayList<>();
    for (ScenarioPolicy policy : scenario.policies()) {
      all.add(
          new Contender(
              policy.name(), false, (traffic, cluster) -> policy.autoscaler(cluster), policy::on));
    }
    all.addAll(baselines(scenario.baselines(), scenario.goal().minimal(), scenario.policies()));
    return all;
  }

  private static List<Contender> baselines(
      BaselineSettings settings, MinimalReplicas minimal, List<ScenarioPolicy> policies) {
    ReplicaBounds bounds = settings.bounds();
    List<Contender> all = new ArrayList<>();
    all.add(
        baseline(
            "static peak",
            (traffic, _) -> Baselines.staticPeak(traffic, minimal, settings.peakQuantile())));
    for (int percent : settings.cpuPercents()) {
      all.add(always(Baselines.hpaOnCpu(percent, bounds)));
    }
    for (int runs : settings.runsPerPod()) {
      all.add(always(Baselines.hpaOnInFlight(runs, bounds)));
    }
    schedule(policies).ifPresent(schedule -> all.add(always(schedule)));
    ForecastAlone forecast = settings.forecast();
    all.add(
        baseline(
            "forecast only",
            (_, cluster) ->
                Baselines.forecastOnly(
                    forecast.use(), forecast.perReplica(), bounds, plan(forecast, cluster))));
    all.add(always(Baselines.seasonalNaive(bounds)));
    all.add(always(Baselines.oracle(bounds)));
    return all;
  }

  /** Returns the schedules of the first policy that has some, by themselves. */
  private static Optional<Autoscaler> schedule(List<ScenarioPolicy> policies) {
    return policies.stream()
        .flatMap(policy -> policy.definition().stream())
        .map(PolicyDefinition::settings)
        .filter(settings -> !settings.schedules().schedules().isEmpty())
        .findFirst()
        .map(settings -> Baselines.scheduleOnly(settings.schedules(), settings.perReplica()));
  }

  private static ForecastPlan plan(ForecastAlone forecast, Cluster cluster) {
    return ScenarioPolicy.plan(forecast.signal(), forecast.lead(), forecast.step(), cluster);
  }

  private static Contender always(Autoscaler autoscaler) {
    return baseline(autoscaler.name(), (_, _) -> autoscaler);
  }

  private static Contender baseline(String name, Factory factory) {
    return new Contender(name, true, factory, UnaryOperator.identity());
  }

  /** Returns the name of the baseline that policies are compared with. */
  static String reference(Scenario scenario) {
    return scenario
        .baselines()
        .reference()
        .orElseGet(
            () ->
                Baselines.hpaOnInFlight(
                        scenario.baselines().runsPerPod().getFirst(), scenario.baselines().bounds())
                    .name());
  }
}
