// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.LiveDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A loop in simulated time, with a target, a demand and a cluster that do as told. */
final class LoopScene {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  final PolicyBoard board = new PolicyBoard();
  final Acts acts = new Acts();
  TargetView target = Policies.target(4);
  LiveDemand demand = new LiveDemand.Unknown("Prometheus", "not asked yet");
  Optional<ScaleInGuard.Least> least = Optional.empty();
  CompletableFuture<DemandReader.Reading> hanging = new CompletableFuture<>();
  boolean hangs;
  boolean leads = true;
  boolean allTold = true;
  final Duties duties = new Duties();
  DemandHistory history = DemandHistory.NONE;
  Instant now = START;
  PolicyLoop loop = loop(board);

  /** Remembers what it was told to do. */
  static final class Acts implements Actuator {
    final List<DecisionRecord> acted = new ArrayList<>();
    final List<PolicyDefinition> released = new ArrayList<>();
    Outcome outcome = Outcome.NOTHING;
    boolean fails;

    @Override
    public Outcome act(
        PolicyDefinition policy, TargetView target, DecisionRecord record, Instant now) {
      if (fails) {
        throw new IllegalStateException("the API server is gone");
      }
      acted.add(record);
      return outcome;
    }

    @Override
    public Outcome release(PolicyDefinition policy, Instant now) {
      if (fails) {
        throw new IllegalStateException("the API server is gone");
      }
      released.add(policy);
      return Outcome.NOTHING;
    }
  }

  /** Remembers when it was its turn. */
  static final class Duties implements LeaderDuties {
    final List<String> told = new ArrayList<>();

    @Override
    public void won() {
      told.add("won");
    }

    @Override
    public void lost() {
      told.add("lost");
    }

    @Override
    public void round(Set<PolicyKey> existing, Instant now) {
      told.add("round " + existing);
    }
  }

  /** Returns another loop that sees the same, as another replica or after a restart. */
  PolicyLoop loop(PolicyBoard into) {
    DemandReader reader =
        (_, _) ->
            hangs
                ? hanging
                : CompletableFuture.completedStage(
                    new DemandReader.Reading(demand, Optional.empty()));
    return new PolicyLoop(
        new LoopParts(
            _ -> target,
            reader,
            new Backfill(
                new DemandHistory() {
                  @Override
                  public boolean has(PolicyDefinition policy) {
                    return history.has(policy);
                  }

                  @Override
                  public CompletionStage<List<Sample>> read(
                      PolicyDefinition policy, Instant from, Instant to, Duration step) {
                    return history.read(policy, from, to, step);
                  }
                },
                Runnable::run),
            (_, _, _) -> least,
            acts,
            () -> leads,
            duties,
            () -> allTold),
        LoopSettings.DEFAULT,
        into);
  }

  /** The process dies and another one starts: nothing but the cluster is left. */
  void restart() {
    board.all().forEach(snapshot -> board.remove(snapshot.definition().key()));
    loop = loop(board);
  }

  /** Demand was just measured. */
  void demand(double amount) {
    demand = new LiveDemand.Known(Quantity.of(amount), now, "Prometheus");
  }

  void unknown(String cause) {
    demand = new LiveDemand.Unknown("Prometheus", cause);
  }

  /** Lets time pass, with a fresh sample of the same demand whenever there is one. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(1);
      if (demand instanceof LiveDemand.Known known) {
        demand = new LiveDemand.Known(known.demand(), now, known.source());
      }
      loop.tick(now);
      loop.act(now);
    }
  }

  /** Lets one decision be made. */
  void step() {
    pass(LoopSettings.DEFAULT.period());
  }

  PolicySnapshot snapshot(PolicyKey key) {
    return board.find(key).orElseThrow();
  }

  DecisionRecord latest(PolicyKey key) {
    return snapshot(key).latest().orElseThrow();
  }

  PolicyCondition condition(PolicyKey key, PolicyCondition.Type type) {
    return snapshot(key).conditions().stream()
        .filter(condition -> condition.type() == type)
        .findFirst()
        .orElseThrow();
  }
}
