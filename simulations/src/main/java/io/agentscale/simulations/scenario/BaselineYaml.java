// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Signal;
import io.agentscale.simulations.scenario.BaselineSettings.ForecastAlone;
import io.agentscale.simulations.trace.spec.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code baselines} of a scenario; every key has a usual value. */
final class BaselineYaml {
  private static final int MOST = 1_000_000;
  private static final List<Integer> USUAL_CPU = List.of(60, 70);
  private static final Duration USUAL_STEP = Duration.ofMinutes(1);

  private final Optional<ReplicaBounds> usualBounds;
  private final int usualRunsPerPod;

  /**
   * @param usualBounds those of the scenario's first policy
   * @param usualRunsPerPod as many as a pod has at the highest rate that meets the objective
   */
  BaselineYaml(Optional<ReplicaBounds> usualBounds, int usualRunsPerPod) {
    this.usualBounds = usualBounds;
    this.usualRunsPerPod = usualRunsPerPod;
  }

  BaselineSettings read(YamlMapping keys) {
    Optional<Integer> min = keys.optional("minReplicas", value -> value.integer(1, MOST));
    Optional<Integer> max = keys.optional("maxReplicas", value -> value.integer(1, MOST));
    double peak = keys.section("staticPeak", BaselineYaml::quantile).orElse(1.0);
    List<Integer> cpu = keys.list("cpuPercent", value -> value.integer(1, 100));
    List<Integer> runs = keys.list("runsInFlight", value -> value.integer(1, MOST));
    Optional<String> reference = keys.optional("reference", YamlValue::nonEmpty);
    List<Integer> targets = runs.isEmpty() ? List.of(usualRunsPerPod) : runs;
    ForecastAlone forecast =
        keys.section("forecast", section -> forecast(section, targets.getFirst()))
            .orElseGet(() -> usual(targets.getFirst()));
    return new BaselineSettings(
        bounds(min, max), peak, cpu.isEmpty() ? USUAL_CPU : cpu, targets, forecast, reference);
  }

  /** Returns the baselines of a scenario that says nothing of them. */
  BaselineSettings usual() {
    return new BaselineSettings(
        bounds(Optional.empty(), Optional.empty()),
        1,
        USUAL_CPU,
        List.of(usualRunsPerPod),
        usual(usualRunsPerPod),
        Optional.empty());
  }

  private static double quantile(YamlMapping keys) {
    double quantile = keys.required("quantile", Fields::number).orElseThrow();
    if (!(quantile > 0 && quantile <= 1)) {
      throw new IllegalArgumentException(
          "quantile: must be above 0 and at most 1, was: " + quantile);
    }
    return quantile;
  }

  /** HPAs have at least one replica. */
  private ReplicaBounds bounds(Optional<Integer> min, Optional<Integer> max) {
    int least = min.or(() -> usualBounds.map(ReplicaBounds::min)).orElse(1);
    int most =
        max.or(() -> usualBounds.map(ReplicaBounds::max))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "maxReplicas: is required where there are no policies"));
    return new ReplicaBounds(Math.max(1, least), most);
  }

  private static ForecastAlone usual(int runsPerPod) {
    return new ForecastAlone(
        Signal.DEMAND,
        Quantity.of((long) runsPerPod),
        ForecastUse.DEFAULT,
        USUAL_STEP,
        new Lead.Auto());
  }

  private static ForecastAlone forecast(YamlMapping keys, int runsPerPod) {
    ForecastAlone usual = usual(runsPerPod);
    Optional<Signal> demand = keys.optional("demand", value -> Signal.of(value.string()));
    Optional<Quantity> perReplica =
        keys.optional("perReplica", value -> Quantity.parse(value.string()));
    double quantile =
        keys.optional("quantile", Fields::number).orElse(ForecastUse.DEFAULT.quantile());
    double minSkill =
        keys.optional("minSkill", Fields::number).orElse(ForecastUse.DEFAULT.gate().minSkill());
    Optional<Duration> step = keys.optional("step", YamlValue::duration);
    Optional<Lead> lead = keys.optional("lead", value -> new Lead.Fixed(value.duration()));
    if (demand.isPresent() && demand.get() != Signal.DEMAND && perReplica.isEmpty()) {
      throw new IllegalArgumentException(
          "perReplica: is required where demand is not demand, was: absent");
    }
    return new ForecastAlone(
        demand.orElse(usual.signal()),
        perReplica.orElse(usual.perReplica()),
        new ForecastUse(quantile, new SkillGate(minSkill)),
        step.orElse(usual.step()),
        lead.orElse(usual.lead()));
  }
}
