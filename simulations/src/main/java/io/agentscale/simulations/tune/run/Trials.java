// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.ReplayResult;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.Scenario.NamedCluster;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.trace.Traffic;
import java.util.ArrayList;
import java.util.List;

/** Tries policies on a scenario's clusters and some traffic; the same policy is worth the same. */
final class Trials {
  private final Scenario scenario;
  private final Engine engine;
  private final List<? extends Traffic> traffics;

  Trials(Scenario scenario, EngineKind kind, List<? extends Traffic> traffics, DaySplit split) {
    this.scenario = scenario;
    this.engine = kind.with(scenario.settings().withPortions(split.portion()));
    this.traffics = List.copyOf(traffics);
  }

  /** Replays a policy on every traffic and cluster. */
  Worth of(ScenarioPolicy policy) {
    List<Worth.Case> cases = new ArrayList<>();
    for (NamedCluster named : scenario.clusters()) {
      Cluster cluster = policy.on(named.cluster());
      for (Traffic traffic : traffics) {
        cases.add(replay(traffic, cluster, policy.autoscaler(cluster)));
      }
    }
    return Worth.of(cases);
  }

  /** Replays one case. */
  Worth.Case replay(Traffic traffic, Cluster cluster, Autoscaler autoscaler) {
    ReplayResult result =
        engine.run(
            traffic,
            scenario.workload(),
            cluster,
            autoscaler,
            scenario.seed(),
            TimelineListener.NONE);
    return new Worth.Case(result.portions(), result.score().restlessness().flaps());
  }
}
