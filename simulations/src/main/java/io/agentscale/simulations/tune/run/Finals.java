// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.scenario.ScenarioResult;
import io.agentscale.simulations.scenario.ScenarioRun;
import io.agentscale.simulations.scenario.Shard;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import io.agentscale.simulations.tune.run.Progress.Work;
import io.agentscale.simulations.tune.settings.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What follows a search: the front around the choice is verified, one is picked, and it is judged
 * beside the present settings and the baselines on the days nobody looked at.
 */
final class Finals {
  /** So often the verification goes on towards fewer late runs while nothing qualifies. */
  private static final int ROUNDS = 3;

  private final Scenario scenario;
  private final SearchSpace space;
  private final TuneSettings settings;
  private final DaySplit split;
  private final List<Traffic> training;
  private final List<HeldTraffic> held;
  private final Progress progress;

  /** What was verified, and which of it was picked, by the rule or for want of a better one. */
  record Verified(
      Extent extent, Finalist present, List<Finalist> finalists, Finalist picked, boolean byRule) {}

  Finals(
      Scenario scenario,
      SearchSpace space,
      TuneSettings settings,
      DaySplit split,
      List<Traffic> training,
      List<HeldTraffic> held,
      Progress progress) {
    this.scenario = scenario;
    this.space = space;
    this.settings = settings;
    this.split = split;
    this.training = training;
    this.held = held;
    this.progress = progress;
  }

  /**
   * Replays the part of the front around what the rule would take by the fluid engine, and further
   * towards fewer late runs until something qualifies.
   */
  Verified verify(List<Searched> front, ScenarioPolicy before) {
    Worth now = new Trials(scenario, EngineKind.FLUID, held, split).of(before);
    int centre = pick(front, now).map(front::indexOf).orElse(front.size() - 1);
    var verification =
        new Verification(scenario, settings, split, training, held, policy(front.get(centre)));
    int batch = settings.verified();
    int from = Math.max(0, Math.min(centre - batch / 3, front.size() - batch));
    var present = new Searched(space.present(), now);
    List<Finalist> finalists = new ArrayList<>();
    Worth verifiedNow = now;
    try (Workers workers = new Workers(settings.threads())) {
      for (int round = 0; round < ROUNDS && from < front.size(); round++) {
        int to = Math.min(from + batch, front.size());
        List<Searched> next = new ArrayList<>(front.subList(from, to));
        if (round == 0) {
          next.addFirst(present);
        }
        List<Finalist> verified = verify(next, before, present, verification, workers);
        if (round == 0) {
          verifiedNow = verified.removeFirst().worth();
        }
        finalists.addAll(verified);
        from = pick(finalists, verifiedNow).isPresent() ? front.size() : to;
      }
    }
    finalists.sort(PickRule.BY_COST);
    Optional<Finalist> chosen = pick(finalists, verifiedNow);
    return new Verified(
        verification.extent(),
        new Finalist(present.candidate(), now, verifiedNow),
        finalists,
        chosen.orElseGet(() -> finalists.stream().min(PickRule.BY_LATE).orElseThrow()),
        chosen.isPresent());
  }

  private <T extends PickRule.Priced> Optional<T> pick(List<T> front, Worth present) {
    return settings.rule().pick(front, present, settings.trainingLatePercent());
  }

  private ScenarioPolicy policy(Searched searched) {
    return space.policy(searched.candidate(), TuneResult.TUNED);
  }

  private List<Finalist> verify(
      List<Searched> batch,
      ScenarioPolicy before,
      Searched present,
      Verification verification,
      Workers workers) {
    AtomicInteger done = new AtomicInteger();
    progress.reached(Work.VERIFY, 0, batch.size());
    return new ArrayList<>(
        workers.each(
            batch,
            each -> {
              Worth worth = verification.of(each.equals(present) ? before : policy(each));
              progress.reached(Work.VERIFY, done.incrementAndGet(), batch.size());
              return new Finalist(each.candidate(), each.worth(), worth);
            }));
  }

  /** Replays everything; only the days held out are scored. */
  ScenarioResult heldOut(ScenarioPolicy before, Finalist picked, TrafficSetting setting) {
    ScenarioPolicy present =
        new ScenarioPolicy(
            TuneResult.PRESENT,
            before.rule(),
            before.controller(),
            before.signals(),
            before.demand(),
            before.forecastStep());
    Scenario judged =
        new Scenario(
            scenario.name(),
            scenario.seed(),
            List.of(settings.verifier()),
            scenario.traffics(),
            scenario.clusters(),
            scenario.workload(),
            scenario.objective(),
            scenario.goal(),
            split.training(),
            scenario.tick(),
            scenario.prices(),
            Optional.empty(),
            List.of(space.policy(picked.candidate(), TuneResult.TUNED), present),
            scenario.baselines());
    int policies = new ScenarioRun(judged, setting).names().size();
    if (requests() * policies > settings.mostRequests()) {
      judged = judged.withEngines(List.of(EngineKind.FLUID));
    }
    // Decisions of many cases would not fit in memory, nor on a page.
    boolean oneCase = scenario.clusters().size() * scenario.traffics().size() == 1;
    ScenarioRun run = new ScenarioRun(judged, setting);
    progress.reached(Work.JUDGE, 0, policies);
    return run.run(Shard.WHOLE, oneCase, (done, total) -> progress.reached(Work.JUDGE, done, total))
        .result();
  }

  /** Returns how many requests a replay of everything is to expect. */
  private double requests() {
    double days = (double) split.training().plus(split.heldOut()).toSeconds();
    double each = held.stream().mapToDouble(HeldTraffic::requests).sum();
    return scenario.clusters().size() * each * days / split.training().toSeconds();
  }
}
