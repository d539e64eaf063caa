// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.replay.Engine;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.event.EventEngine;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.trace.spec.TrafficSpec;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which traffic meets which pods on which clusters under which policies. One object serves many
 * replays.
 *
 * @param name for people
 * @param seed of all that is random
 * @param engines to replay with; of two, the last is taken for the truth
 * @param traffics each of which every policy replays
 * @param clusters on each of which it does
 * @param workload the pods and what is behind them
 * @param objective what makes a run late
 * @param goal the same, for these pods
 * @param warmUp the part of each traffic that is not scored
 * @param tick of the fluid engine
 * @param prices of replicas, if they are known
 * @param hybrid the question of owned replicas and overflow, if it is asked
 * @param policies in the order written
 * @param baselines shown beside them
 */
public record Scenario(
    String name,
    long seed,
    List<EngineKind> engines,
    List<NamedTraffic> traffics,
    List<NamedCluster> clusters,
    Workload workload,
    Objective objective,
    Goal goal,
    Duration warmUp,
    Duration tick,
    Optional<Prices> prices,
    Optional<Hybrid> hybrid,
    List<ScenarioPolicy> policies,
    BaselineSettings baselines) {

  /** The engines there are. */
  public enum EngineKind {
    /** Tick by tick, for many replays. */
    FLUID,
    /** Run by run, for the truth. */
    EVENT;

    /** Returns the engine with some settings. */
    public Engine with(ReplaySettings settings) {
      return switch (this) {
        case FLUID -> new FluidEngine(settings);
        case EVENT -> new EventEngine(settings);
      };
    }
  }

  /**
   * Traffic of a scenario.
   *
   * @param name unique in the scenario
   * @param spec as written
   */
  public record NamedTraffic(String name, TrafficSpec spec) {}

  /**
   * A cluster of a scenario.
   *
   * @param name unique in the scenario
   * @param cluster as written
   */
  public record NamedCluster(String name, Cluster cluster) {}

  public Scenario {
    engines = List.copyOf(engines);
    traffics = List.copyOf(traffics);
    clusters = List.copyOf(clusters);
    policies = List.copyOf(policies);
  }

  /** Returns an engine with this scenario's settings. */
  public Engine engine(EngineKind kind) {
    return kind.with(settings());
  }

  /** Returns how this scenario is replayed and scored. */
  public ReplaySettings settings() {
    return ReplaySettings.of(goal).withWarmUp(warmUp).withTick(tick);
  }

  /** Returns this scenario with other engines. */
  public Scenario withEngines(List<EngineKind> others) {
    return new Scenario(
        name, seed, others, traffics, clusters, workload, objective, goal, warmUp, tick, prices,
        hybrid, policies, baselines);
  }
}
