// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.trace.spec.Fields;
import io.agentscale.simulations.workload.FlowTable;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a scenario asks of its runs.
 *
 * @param slo what makes a run late
 * @param requestsPerSecondPerReplica what a replica of the minimal schedule carries; empty to
 *     compute it from the pod model
 */
public record Objective(Slo slo, Optional<Double> requestsPerSecondPerReplica) {

  static Objective read(YamlMapping keys) {
    Optional<Duration> within = keys.optional("within", YamlValue::duration);
    Optional<Double> runsPerPod = keys.optional("runsPerPod", Fields::number);
    Optional<Double> rate = keys.optional("requestsPerSecondPerReplica", Fields::number);
    if (within.isPresent() == runsPerPod.isPresent()) {
      throw new IllegalArgumentException("must have one of the keys within and runsPerPod");
    }
    Slo slo =
        within
            .<Slo>map(Slo.Latency::new)
            .orElseGet(() -> new Slo.Crowded(runsPerPod.orElseThrow()));
    return new Objective(slo, rate);
  }

  /** Returns the goal for a pod. */
  public Goal goal(FlowTable flow) {
    return requestsPerSecondPerReplica
        .map(rate -> new Goal(slo, MinimalReplicas.atRate(rate)))
        .orElseGet(() -> Goal.of(flow, slo));
  }

  /** Returns what makes a run late, in words. */
  public String text() {
    return switch (slo) {
      case Slo.Latency latency ->
          String.format(
              Locale.ROOT, "a run is late after %s s", latency.within().toMillis() / 1000.0);
      case Slo.Crowded crowded ->
          String.format(
              Locale.ROOT,
              "a run is late if it meets more than %s runs a pod, or a queue",
              Numbers.text(crowded.runsPerPod()));
    };
  }
}
