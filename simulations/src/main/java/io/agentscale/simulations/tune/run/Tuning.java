// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.scenario.Shard;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import io.agentscale.simulations.tune.Candidate;
import io.agentscale.simulations.tune.Evaluation;
import io.agentscale.simulations.tune.Nsga2;
import io.agentscale.simulations.tune.Ranking;
import io.agentscale.simulations.tune.run.Progress.Work;
import io.agentscale.simulations.tune.settings.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Searches the settings of one policy of a scenario, and says which to take.
 *
 * <p>The search uses the fluid engine on the first part of the traffic; the verifying engine
 * replays the part of the front around the choice; and the choice is replayed, beside the present
 * settings and the baselines, on the days nobody looked at. What is found depends on the scenario,
 * the manifests, the traffic and the settings alone, however many threads there are and however
 * often the work was interrupted.
 */
public final class Tuning {
  /** Policies worse than this are searched away from: nobody would take them. */
  private static final double HOPELESS_LATE_PERCENT = 10;

  private static final int POPULATION = 40;

  private final Scenario scenario;
  private final SearchSpace space;
  private final TuneSettings settings;
  private final TrafficSetting setting;
  private final InstantSource clock;
  private final List<Traffic> training;
  private final List<HeldTraffic> held;
  private final DaySplit split;
  private final String fingerprint;

  /**
   * Reads the traffic.
   *
   * @param space around the policy as it is
   * @param setting how traffic is opened, and what time it is
   * @throws IllegalArgumentException if the traffic cannot be divided
   */
  public Tuning(
      Scenario scenario, SearchSpace space, TuneSettings settings, TrafficSetting setting) {
    this.scenario = scenario;
    this.space = space;
    this.settings = settings;
    this.setting = setting;
    this.clock = setting.clock();
    List<Traffic> whole =
        scenario.traffics().stream().map(each -> each.spec().open(setting)).toList();
    split = DaySplit.of(whole.getFirst(), settings.heldOutShare(), scenario.warmUp());
    training = whole.stream().map(split::training).toList();
    held = training.stream().map(HeldTraffic::of).toList();
    fingerprint = fingerprint();
  }

  /** Of all that an evaluation depends on. */
  private String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      held.forEach(traffic -> digest.update(traffic.bytes()));
      String rest =
          String.join(
              "\n",
              space.manifests(space.present()),
              space.genes().toString(),
              scenario.clusters().toString(),
              scenario.workload().pod().toString(),
              scenario.workload().balancing().toString(),
              scenario.workload().provider().toString(),
              scenario.objective().toString(),
              scenario.warmUp() + " " + scenario.tick() + " " + scenario.seed(),
              split.toString());
      digest.update(rest.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the file that holds a shard's evaluations. */
  static Path journal(Path directory, Shard shard) {
    return directory.resolve(
        shard.equals(Shard.WHOLE)
            ? "evaluations.jsonl"
            : "evaluations-%d-of-%d.jsonl".formatted(shard.index(), shard.of()));
  }

  /**
   * Searches, this shard's part alone, going on where the directory's journal ends.
   *
   * @throws IOException if the journal cannot be read or written
   */
  public void search(Path directory, Progress progress) throws IOException {
    Files.createDirectories(directory);
    Trials trials = new Trials(scenario, EngineKind.FLUID, held, split);
    AtomicInteger done = new AtomicInteger();
    int share = settings.share();
    Optional<Instant> end = settings.budget().map(clock.instant()::plus);
    try (Journal journal = Journal.open(journal(directory, settings.shard()), fingerprint);
        Workers workers = new Workers(settings.threads())) {
      Map<Candidate, Worth> known = journal.known();
      Nsga2.Evaluator evaluator =
          candidates ->
              workers.each(
                  candidates,
                  candidate -> {
                    Worth worth = known.get(candidate);
                    if (worth == null) {
                      worth = trials.of(space.policy(candidate, TuneResult.TUNED));
                      journal.add(candidate, worth);
                    }
                    progress.reached(Work.SEARCH, done.incrementAndGet(), share);
                    return evaluation(candidate, worth);
                  });
      long seed = scenario.seed() * 1_000_003L + settings.shard().index();
      new Nsga2(space.genes(), Math.min(POPULATION, share), evaluator, seed)
          .search(
              List.of(space.present()),
              share,
              () -> end.isPresent() && !clock.instant().isBefore(end.get()));
    }
  }

  private Evaluation evaluation(Candidate candidate, Worth worth) {
    double hopeless =
        Math.max(HOPELESS_LATE_PERCENT, HOPELESS_LATE_PERCENT * settings.allowedLatePercent());
    return new Evaluation(
        candidate,
        worth.objectives(settings.countsFlaps()),
        Math.max(0, worth.badDayPercent() - hopeless));
  }

  /**
   * Verifies and picks, from the evaluations of all shards.
   *
   * @param before the policy as it is
   * @throws IllegalArgumentException if a shard's journal is missing or empty
   * @throws IOException if a journal cannot be read
   */
  public TuneResult conclude(Path directory, ScenarioPolicy before, int shards, Progress progress)
      throws IOException {
    List<Searched> searched = searched(directory, shards);
    List<Searched> front = front(searched);
    Finals finals = new Finals(scenario, space, settings, split, training, held, progress);
    Finals.Verified verified = finals.verify(front, before);
    return new TuneResult(
        searched,
        front,
        verified.extent(),
        verified.present(),
        verified.finalists(),
        verified.picked(),
        verified.byRule(),
        split.training(),
        finals.heldOut(before, verified.picked(), setting));
  }

  private List<Searched> searched(Path directory, int shards) throws IOException {
    Map<String, Searched> all = new TreeMap<>();
    for (int index = 1; index <= shards; index++) {
      Path file = journal(directory, new Shard(index, shards));
      if (!Files.exists(file)) {
        throw new IllegalArgumentException(
            "%s: must be there, with the evaluations of part %d of %d"
                .formatted(file, index, shards));
      }
      try (Journal journal = Journal.open(file, fingerprint)) {
        journal
            .known()
            .forEach(
                (candidate, worth) ->
                    all.put(candidate.toString(), new Searched(candidate, worth)));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(directory + ": holds no evaluations to pick from");
    }
    return List.copyOf(all.values());
  }

  private List<Searched> front(List<Searched> searched) {
    Map<Candidate, Searched> byCandidate = new HashMap<>();
    searched.forEach(each -> byCandidate.put(each.candidate(), each));
    return Ranking.paretoFront(
            searched.stream().map(each -> evaluation(each.candidate(), each.worth())).toList())
        .stream()
        .flatMap(each -> Optional.ofNullable(byCandidate.get(each.candidate())).stream())
        .sorted(PickRule.BY_COST)
        .toList();
  }
}
