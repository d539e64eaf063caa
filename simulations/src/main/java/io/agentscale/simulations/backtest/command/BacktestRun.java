// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import io.agentscale.core.schedule.Spans;
import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.Fact;
import io.agentscale.simulations.backtest.Judge;
import io.agentscale.simulations.backtest.Judged;
import io.agentscale.simulations.backtest.PolicyReplay;
import io.agentscale.simulations.backtest.Recording;
import io.agentscale.simulations.backtest.Replayed;
import io.agentscale.simulations.backtest.Replicas;
import io.agentscale.simulations.backtest.TestedPolicy;
import io.agentscale.simulations.backtest.past.PastDemand;
import io.agentscale.simulations.backtest.past.PastQuestions;
import io.agentscale.simulations.backtest.past.PastReplicas;
import io.agentscale.simulations.backtest.past.WorkloadPast;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Prices;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the past, replays the policy on it, and judges both. */
final class BacktestRun {
  private static final Duration USUAL_START_UP = Duration.ofSeconds(60);

  private static final String FEEDBACK =
      "The demand was recorded while the past replicas served it: where they were short, runs"
          + " piled up and the demand is inflated; where work was refused, it is missing.";

  private final TestedPolicy policy;
  private final WorkloadPast past;
  private final Settings settings;
  private final List<Fact> facts = new ArrayList<>();
  private final List<String> caveats = new ArrayList<>();

  /**
   * What the policy does not say.
   *
   * @param comparesActual whether what really ran is looked at
   * @param startUp of would-be replicas; empty to measure it
   * @param prices of replicas, if they are known
   */
  record Settings(boolean comparesActual, Optional<Duration> startUp, Optional<Prices> prices) {}

  BacktestRun(TestedPolicy policy, WorkloadPast past, Settings settings) {
    this.policy = policy;
    this.past = past;
    this.settings = settings;
  }

  /**
   * Runs it.
   *
   * @param ofDemand knows the demand
   * @param ofCluster knows replicas and pods
   */
  Backtest run(PastQuestions ofDemand, PastQuestions ofCluster) {
    fact(
        "time",
        "%s to %s, every %s"
            .formatted(
                past.stretch().from(), past.stretch().to(), Spans.text(past.stretch().step())));
    PastDemand demand = past.demand(ofDemand, policy.history());
    Recording scored = demand.recording().from(past.stretch().from());
    fact("demand", "%s; %s".formatted(demand.source(), known(scored)));
    Recording replayed = replayed(demand.recording());
    Optional<PastReplicas> actual =
        settings.comparesActual() ? Optional.of(past.replicas(ofCluster)) : Optional.empty();
    actual.ifPresent(each -> say(each, ofCluster));
    Cluster cluster = Cluster.of(initial(replayed, actual), startUp(ofCluster));
    return judged(replay(replayed, cluster), scored, actual.map(PastReplicas::replicas));
  }

  private void fact(String name, String value) {
    facts.add(new Fact(name, value));
  }

  private static String known(Recording recording) {
    return String.format(Locale.ROOT, "known %.2f %% of the time", recording.knownPercent());
  }

  private void say(PastReplicas actual, PastQuestions ofCluster) {
    fact("replicas", "%s; %s".formatted(actual.query(), known(actual.replicas().ready())));
    if (!actual.note().isEmpty()) {
      caveats.add(actual.note() + ".");
    }
    past.autoscaler(ofCluster).ifPresent(bounds -> fact("autoscaler then", bounds));
  }

  /** Returns the demand from where it is first known, or from where scoring begins. */
  private Recording replayed(Recording recording) {
    Instant from = past.stretch().from();
    int first = recording.firstKnown().orElseThrow();
    Instant known = recording.start().plus(recording.step().multipliedBy(first));
    Instant begin = known.isBefore(from) ? known : from;
    if (!policy.history().isZero()) {
      fact(
          "history",
          "%s asked for, %s there before the time scored"
              .formatted(Spans.text(policy.history()), Spans.text(Duration.between(begin, from))));
    }
    return recording.from(begin);
  }

  private int initial(Recording demand, Optional<PastReplicas> actual) {
    double real = actual.map(each -> each.replicas().asked().at(demand.start())).orElse(Double.NaN);
    return Double.isNaN(real) ? policy.replicasFor(demand.value(0)) : (int) real;
  }

  private Distribution startUp(PastQuestions ofCluster) {
    if (settings.startUp().isPresent()) {
      fact("start-up", Spans.text(settings.startUp().get()) + ", as given");
      return new Distribution.Constant(settings.startUp().get().toMillis() / 1000.0);
    }
    List<Double> starts = starts(ofCluster);
    if (starts.isEmpty()) {
      return new Distribution.Constant(USUAL_START_UP.toSeconds());
    }
    var measured = new Distribution.Empirical(starts);
    fact(
        "start-up",
        String.format(
            Locale.ROOT,
            "half within %.0f s, nine of ten within %.0f s, measured at %d starts",
            measured.quantileSeconds(0.5),
            measured.quantileSeconds(0.9),
            starts.size()));
    return measured;
  }

  /** How long pods took is good to know; without it there is a usual time. */
  private List<Double> starts(PastQuestions ofCluster) {
    String usual = Spans.text(USUAL_START_UP) + ", assumed: ";
    try {
      List<Double> starts =
          past.starts(ofCluster).stream().filter(seconds -> seconds >= 0).toList();
      if (starts.isEmpty()) {
        fact("start-up", usual + "no start is known from kube_pod_status_ready_time");
      }
      return starts;
    } catch (InvalidTraceException e) {
      fact("start-up", usual + e.getMessage());
      return List.of();
    }
  }

  private Replayed replay(Recording demand, Cluster cluster) {
    return PolicyReplay.run(
        demand,
        past.stretch().from(),
        policy.replayed().autoscaler(policy.replayed().on(cluster)),
        policy.definition().settings().forecast(),
        cluster);
  }

  private Backtest judged(Replayed replayed, Recording scored, Optional<Replicas> actual) {
    Judge judge =
        new Judge(
            scored,
            Stream.concat(Stream.of(replayed.replicas()), actual.stream()).toList(),
            policy.definition().settings().perReplica(),
            settings.prices().map(Prices::perReplicaHour));
    double percent = judge.scoredPercent();
    if (percent == 0) {
      throw new InvalidTraceException(
          "demand and replicas are never known at the same time: nothing can be scored");
    }
    if (percent < 100) {
      caveats.add(
          String.format(
              Locale.ROOT,
              "%.2f %% of the time something is unknown; that time counts for nobody.",
              100 - percent));
    }
    caveats.addAll(policy.notes());
    caveats.add(FEEDBACK);
    Judged would =
        judge.judge(
            policy.definition().key().name(), false, replayed.replicas(), replayed.forecast());
    return new Backtest(
        policy.definition().key().toString(),
        policy.definition().target().toString(),
        policy.definition().settings().perReplica(),
        scored,
        would,
        actual.map(each -> judge.judge(Backtest.ACTUAL, true, each, Optional.empty())),
        percent,
        replayed.decisions(),
        settings.prices(),
        facts,
        caveats);
  }
}
