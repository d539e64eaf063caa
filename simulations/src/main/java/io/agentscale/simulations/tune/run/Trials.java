// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.NamedCluster;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.trace.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries policies on a scenario's clusters and some traffic; the same policy is worth the same. */
final class Trials {
  private final Scenario scenario;
  private final Engine engine;
  private final List<? extends Traffic> traffics;

  Trials(Scenario scenario, Engine engine, List<? extends Traffic> traffics) {
    this.scenario = scenario;
    this.engine = engine;
    this.traffics = List.copyOf(traffics);
  }

  /** Replays a policy on every traffic and cluster. */
  Worth of(ScenarioPolicy policy) {
    List<PolicyScores> scores = new ArrayList<>();
    for (NamedCluster named : scenario.clusters()) {
      Cluster cluster = policy.on(named.cluster());
      for (Traffic traffic : traffics) {
        scores.add(
            PolicyScores.of(
                engine
                    .run(
                        traffic,
                        scenario.workload(),
                        cluster,
                        policy.autoscaler(cluster),
                        scenario.seed(),
                        TimelineListener.NONE)
                    .score(),
                Optional.empty()));
      }
    }
    return Worth.of(scores);
  }
}
