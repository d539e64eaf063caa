// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.cost.CostStudy;
import io.agentscale.simulations.replay.ReplayResult;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.Scenario.NamedCluster;
import io.agentscale.simulations.scenario.Scenario.NamedTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replays a scenario: every policy and baseline on every case, as many at once as there are CPUs.
 */
public final class ScenarioRun {
  private final Scenario scenario;
  private final List<Contender> contenders;
  private final List<Traffic> traffics;

  /** Hears how far a run is. */
  @FunctionalInterface
  public interface Progress {
    /** So many of the replays are done. */
    void reached(int done, int total);
  }

  /**
   * Opens the scenario's traffic.
   *
   * @throws io.agentscale.simulations.trace.InvalidTraceException if it is not known throughout
   */
  public ScenarioRun(Scenario scenario, TrafficSetting setting) {
    this.scenario = scenario;
    contenders = Contender.of(scenario);
    traffics = scenario.traffics().stream().map(each -> each.spec().open(setting)).toList();
  }

  /** Returns the names of policies and baselines in the order of results. */
  public List<String> names() {
    return contenders.stream().map(Contender::name).toList();
  }

  /**
   * Replays, always to the same results.
   *
   * @param shard which of the replays; the others are missing from the result
   * @param timelines whether to keep every decision
   */
  public Outcome run(Shard shard, boolean timelines, Progress progress) {
    List<HybridResult> hybrids = hybrids();
    AtomicInteger done = new AtomicInteger();
    List<List<Future<PolicyResult>>> running = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      int total = scenario.engines().size() * cases() * contenders.size();
      int number = 0;
      for (EngineKind engine : scenario.engines()) {
        for (int each = 0; each < cases(); each++) {
          int index = each;
          List<Future<PolicyResult>> ofCase = new ArrayList<>();
          for (Contender contender : contenders) {
            if (shard.has(number++)) {
              ofCase.add(
                  pool.submit(
                      () -> {
                        PolicyResult result = replay(engine, index, contender, timelines);
                        progress.reached(done.incrementAndGet(), total);
                        return result;
                      }));
            }
          }
          running.add(ofCase);
        }
      }
      return new Outcome(results(running), hybrids);
    }
  }

  private int cases() {
    return scenario.clusters().size() * scenario.traffics().size();
  }

  private NamedCluster cluster(int index) {
    return scenario.clusters().get(index / traffics.size());
  }

  private int traffic(int index) {
    return index % traffics.size();
  }

  private List<ScenarioResult> results(List<List<Future<PolicyResult>>> running) {
    List<ScenarioResult> results = new ArrayList<>();
    for (int engine = 0; engine < scenario.engines().size(); engine++) {
      List<CaseResult> cases = new ArrayList<>();
      for (int index = 0; index < cases(); index++) {
        List<PolicyResult> policies = new ArrayList<>();
        for (Future<PolicyResult> future : running.get(engine * cases() + index)) {
          policies.add(result(future));
        }
        cases.add(caseOf(index, policies));
      }
      results.add(
          new ScenarioResult(
              scenario.name(),
              scenario.engine(scenario.engines().get(engine)).name(),
              scenario.seed(),
              scenario.objective().text(),
              scenario.prices().map(Prices::currency),
              Contender.reference(scenario),
              cases));
    }
    return results;
  }

  private CaseResult caseOf(int index, List<PolicyResult> policies) {
    Traffic traffic = traffics.get(traffic(index));
    NamedTraffic named = scenario.traffics().get(traffic(index));
    return new CaseResult(
        named.name(),
        cluster(index).name(),
        traffic.start(),
        Duration.between(traffic.start(), traffic.end()),
        scenario.warmUp(),
        policies);
  }

  private PolicyResult replay(
      EngineKind engine, int index, Contender contender, boolean timelines) {
    Traffic traffic = traffics.get(traffic(index));
    Cluster cluster = contender.on().apply(cluster(index).cluster());
    List<TimelineRow> rows = new ArrayList<>();
    TimelineListener listener = timelines ? rows::add : TimelineListener.NONE;
    ReplayResult result =
        scenario
            .engine(engine)
            .run(
                traffic,
                scenario.workload(),
                cluster,
                contender.factory().make(traffic, cluster),
                scenario.seed(),
                listener);
    Optional<Double> price = scenario.prices().map(Prices::perReplicaHour);
    return new PolicyResult(
        contender.name(), contender.baseline(), PolicyScores.of(result.score(), price), rows);
  }

  private List<HybridResult> hybrids() {
    List<HybridResult> results = new ArrayList<>();
    if (scenario.hybrid().isPresent()) {
      Hybrid hybrid = scenario.hybrid().get();
      for (int i = 0; i < traffics.size(); i++) {
        results.add(
            new HybridResult(
                scenario.traffics().get(i).name(),
                hybrid.currency(),
                hybrid.owned().type(),
                CostStudy.of(traffics.get(i), hybrid.owned(), hybrid.overflow())));
      }
    }
    return results;
  }

  private static PolicyResult result(Future<PolicyResult> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a replay failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
