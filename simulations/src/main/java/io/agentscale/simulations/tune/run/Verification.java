// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Informed;
import io.agentscale.simulations.replay.autoscale.Past;
import io.agentscale.simulations.replay.autoscale.Recorded;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.Scenario.NamedCluster;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.score.Portion;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays policies on the training days by the verifying engine, or on a part of each case's days
 * where all would be more work than the settings allow: the one with the most late runs, and others
 * spread evenly. What that engine finds on them stands; on the others, the fluid engine's result is
 * moved by the difference between the two.
 *
 * <p>A part is replayed from an hour before it, with the replicas the fluid engine had there and
 * forecasters that have learnt from the load it saw.
 */
final class Verification {
  private static final Duration LEAD_IN = Duration.ofHours(1);

  private final Scenario scenario;
  private final EngineKind engine;
  private final DaySplit split;
  private final List<Traffic> training;
  private final List<HeldTraffic> held;
  private final Trials fluid;
  private final Trials whole;
  private final List<List<Integer>> chosen;
  private final Extent extent;

  /**
   * Chooses what to replay.
   *
   * @param guide whose worst day is among it
   */
  Verification(
      Scenario scenario,
      TuneSettings settings,
      DaySplit split,
      List<Traffic> training,
      List<HeldTraffic> held,
      ScenarioPolicy guide) {
    this.scenario = scenario;
    this.engine = settings.verifier();
    this.split = split;
    this.training = training;
    this.held = held;
    fluid = new Trials(scenario, EngineKind.FLUID, held, split);
    whole = new Trials(scenario, engine, training, split);
    List<List<Portion>> guides = guides(guide);
    int portions = guides.getFirst().size();
    int replayed = count(portions, requests() * (settings.verified() + 1), settings);
    extent = new Extent(replayed, portions, split.portion());
    chosen = guides.stream().map(each -> DayChoice.of(each, replayed)).toList();
  }

  private double requests() {
    double each = held.stream().mapToDouble(HeldTraffic::requests).sum();
    return scenario.clusters().size() * each;
  }

  private static int count(int portions, double requests, TuneSettings settings) {
    if (settings.verifier() == EngineKind.FLUID || requests <= settings.mostRequests()) {
      return portions;
    }
    return Math.clamp((int) (portions * settings.mostRequests() / requests), 1, portions);
  }

  private List<List<Portion>> guides(ScenarioPolicy guide) {
    List<List<Portion>> guides = new ArrayList<>();
    for (NamedCluster named : scenario.clusters()) {
      Cluster cluster = guide.on(named.cluster());
      for (HeldTraffic traffic : held) {
        guides.add(fluid.replay(traffic, cluster, guide.autoscaler(cluster)).portions());
      }
    }
    return guides;
  }

  Extent extent() {
    return extent;
  }

  /** Returns what a policy comes to. */
  Worth of(ScenarioPolicy policy) {
    if (extent.isWhole()) {
      return whole.of(policy);
    }
    List<Worth.Case> cases = new ArrayList<>();
    for (NamedCluster named : scenario.clusters()) {
      Cluster cluster = policy.on(named.cluster());
      for (int traffic = 0; traffic < training.size(); traffic++) {
        cases.add(sampled(policy, cluster, traffic, chosen.get(cases.size())));
      }
    }
    return Worth.of(cases);
  }

  private Worth.Case sampled(
      ScenarioPolicy policy, Cluster cluster, int traffic, List<Integer> days) {
    Recorded recorded = new Recorded(policy.autoscaler(cluster));
    Worth.Case foreseen = fluid.replay(held.get(traffic), cluster, recorded);
    List<Portion> portions = new ArrayList<>(foreseen.portions());
    Portion ours = new Portion(0, 0, 0, 0);
    Portion theirs = ours;
    for (int day : days) {
      boolean isLast = day == portions.size() - 1;
      Portion found = replay(policy, cluster, training.get(traffic), recorded, day, isLast);
      ours = ours.and(found);
      theirs = theirs.and(portions.set(day, found));
    }
    double late = ours.lateShare() - theirs.lateShare();
    double cost = ours.replicaHours() / theirs.replicaHours();
    for (int day = 0; day < portions.size(); day++) {
      if (!days.contains(day)) {
        portions.set(day, moved(portions.get(day), late, cost));
      }
    }
    return new Worth.Case(portions, foreseen.flaps());
  }

  private static Portion moved(Portion day, double late, double cost) {
    return new Portion(
        day.runs(),
        Math.clamp(day.late() + late * day.runs(), 0, day.runs()),
        day.replicaHours() * cost,
        day.minimalHours());
  }

  private Portion replay(
      ScenarioPolicy policy,
      Cluster cluster,
      Traffic traffic,
      Recorded recorded,
      int day,
      boolean isLast) {
    Duration begin = scenario.warmUp().plus(split.portion().multipliedBy(day));
    Duration end = isLast ? split.training() : begin.plus(split.portion());
    Duration from = begin.compareTo(LEAD_IN) > 0 ? begin.minus(LEAD_IN) : Duration.ZERO;
    Traffic part = DaySplit.part(traffic, from, end);
    Duration skipped = Duration.between(traffic.start(), part.start());
    Past past = recorded.before(skipped.toMillis() / 1000.0);
    return engine
        .with(
            scenario
                .settings()
                .withWarmUp(begin.minus(skipped))
                .withPortions(end.minus(begin).plus(LEAD_IN)))
        .run(
            part,
            scenario.workload(),
            cluster.begunAfter(skipped).withInitialReplicas(past.replicas()),
            new Informed(policy.autoscaler(cluster), past),
            scenario.seed(),
            TimelineListener.NONE)
        .portions()
        .getFirst();
  }
}
