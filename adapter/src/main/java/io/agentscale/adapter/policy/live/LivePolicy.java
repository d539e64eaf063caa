// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.DecisionInputs;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.trap.Trap;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One policy from one decision to the next: demand is asked for, and decided upon when it is there
 * or has been waited for long enough. Used by the loop's thread alone.
 */
final class LivePolicy {
  /** About half an hour at a decision every fifteen seconds. */
  private static final int HISTORY_OF_TRAPS = 120;

  private final LoopParts parts;
  private final LoopSettings settings;
  private final PolicyBoard board;
  private final Actions actions;
  private PolicyDefinition definition;
  private PolicyState state = PolicyState.INITIAL;
  private Optional<Lookahead> lookahead = Optional.empty();
  private Optional<DecisionRecord> latest = Optional.empty();
  private Optional<Actuator.Outcome> acted = Optional.empty();
  private List<PolicyCondition> conditions = List.of();
  private final TrapWatch traps = new TrapWatch();
  private boolean isFollowed = true;
  private Instant due;
  private @Nullable Question asked;

  private record Question(CompletableFuture<DemandReader.Reading> answer, Instant at) {}

  LivePolicy(
      LoopParts parts,
      LoopSettings settings,
      PolicyBoard board,
      Actions actions,
      PolicyDefinition definition,
      Instant now) {
    this.parts = parts;
    this.settings = settings;
    this.board = board;
    this.actions = actions;
    this.definition = definition;
    // Soon, and yet not all at once when the service starts with thousands.
    this.due = now.plusMillis(phase() % 2_000);
    board.post(snapshot(List.of()));
  }

  PolicyDefinition definition() {
    return definition;
  }

  /** Takes a new spec over; what it does not touch is remembered. */
  void redefine(PolicyDefinition next, Instant now) {
    PolicyDefinition before = definition;
    definition = next;
    isFollowed = true;
    traps.reset();
    if (!next.target().equals(before.target()) || !next.actuation().equals(before.actuation())) {
      actions.released(before);
      acted = Optional.empty();
    }
    if (!next.demand().equals(before.demand()) || !next.target().equals(before.target())) {
      state = PolicyState.INITIAL;
      lookahead = Optional.empty();
    } else if (!next.forecast().equals(before.forecast())) {
      lookahead = Optional.empty();
    }
    asked = null;
    due = now;
    board.post(snapshot(List.of()));
  }

  /** Decides no more until there is a spec to follow; what was written stays as it is. */
  void suspend() {
    isFollowed = false;
    asked = null;
  }

  /** Learns what came of acting on a decision. */
  void acted(Actions.Done done) {
    acted = Optional.of(done.outcome());
    board.acted(definition.key(), done.at(), done.outcome().actions());
    if (!isFollowed || latest.isEmpty()) {
      return;
    }
    DecisionRecord record = latest.get();
    if (record.at().equals(done.at())) {
      latest = Optional.of(with(record, done.outcome().actions()));
    }
  }

  private static DecisionRecord with(DecisionRecord record, List<String> actions) {
    return new DecisionRecord(
        record.key(),
        record.at(),
        record.replicas(),
        record.readyReplicas(),
        record.live(),
        record.decision(),
        record.lead(),
        record.autoscaler(),
        actions);
  }

  /** The clock went back: what is due and what was learned are judged anew. */
  void clockWentBack(Instant now) {
    due = next(now);
    asked = null;
    lookahead.ifPresent(Lookahead::relearn);
  }

  /**
   * Asks or decides, whichever is due.
   *
   * @param mayLearn whether the time can be trusted
   */
  void tick(Instant now, boolean mayLearn) {
    if (!isFollowed) {
      return;
    }
    Question open = asked;
    if (open == null && !now.isBefore(due)) {
      due = next(now);
      TargetView target = parts.targets().view(definition);
      open = new Question(ask(target), now);
      asked = open;
    }
    if (open == null) {
      return;
    }
    boolean isOverdue = !now.isBefore(open.at.plus(settings.patience()));
    if (open.answer.isDone() || isOverdue) {
      asked = null;
      step(read(open.answer), now, mayLearn);
    }
  }

  private CompletableFuture<DemandReader.Reading> ask(TargetView target) {
    try {
      return parts.demand().read(definition, target).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private DemandReader.Reading read(CompletableFuture<DemandReader.Reading> answer) {
    return switch (answer.state()) {
      case SUCCESS -> answer.resultNow();
      case FAILED -> unknown(String.valueOf(answer.exceptionNow().getMessage()));
      case CANCELLED -> unknown("the question was given up");
      case RUNNING -> unknown("no answer within " + settings.patience().toSeconds() + " s");
    };
  }

  private DemandReader.Reading unknown(String cause) {
    return new DemandReader.Reading(
        new LiveDemand.Unknown(definition.demand().describe(), cause), Optional.empty());
  }

  private void step(DemandReader.Reading reading, Instant now, boolean mayLearn) {
    switch (parts.targets().view(definition)) {
      case TargetView.Unknown unknown -> {
        conditions = Conditions.withoutTarget(conditions, unknown, now);
        learn(reading.demand(), Optional.empty(), now, mayLearn);
        board.post(snapshot(List.of()));
      }
      case TargetView.Known target -> decide(reading, target, now, mayLearn);
    }
  }

  private void decide(
      DemandReader.Reading reading, TargetView.Known target, Instant now, boolean mayLearn) {
    Optional<Foresight> foresight = learn(reading.demand(), target.lead(), now, mayLearn);
    DecisionInputs inputs =
        new DecisionInputs(
            definition.key(),
            definition.settings(),
            now,
            notAhead(reading.demand(), now),
            new PolicyObservation(
                target.replicas(),
                target.readyReplicas(),
                reading.demand(),
                foresight,
                reading.tokens()),
            definition.scaleIn().protectBusyPods()
                ? parts.guard().least(definition, target, now)
                : Optional.empty(),
            target.autoscalers().stream().findFirst());
    DecisionRecord record = inputs.decide();
    state = record.decision().state();
    latest = Optional.of(record);
    if (!actions.isLeading()) {
      acted = Optional.empty();
    }
    traps.look(
        definition,
        () -> board.history(definition.key(), Instant.MIN, HISTORY_OF_TRAPS),
        record,
        now);
    conditions =
        Conditions.of(conditions, definition, target, reading.demand(), record, acted, now);
    board.decided(snapshot(warnings(target, record)), inputs);
    actions.decided(definition, target, record);
  }

  /** Shows the forecaster what is known now; returns what it foresees. */
  private Optional<Foresight> learn(
      LiveDemand live, Optional<TargetView.MeasuredLead> measured, Instant now, boolean mayLearn) {
    if (definition.forecast().isEmpty()) {
      return Optional.empty();
    }
    LeadTime lead =
        LeadTime.of(definition.forecast().get().lead(), measured, settings.fallbackLead());
    Lookahead ahead = lookahead.orElseGet(() -> begin(lead.value()));
    if (!mayLearn) {
      return Optional.empty();
    }
    if (live instanceof LiveDemand.Known known) {
      ahead.observe(new Sample(known.demand().doubleValue(), known.at()), now);
    }
    ahead.tick(lead, now);
    return Optional.of(ahead.foresee(lead, now));
  }

  private Lookahead begin(Duration lead) {
    Lookahead begun =
        new Lookahead(
            definition,
            definition.forecast().orElseThrow(),
            lead,
            settings.forecastStep(),
            parts.backfill());
    lookahead = Optional.of(begun);
    return begun;
  }

  /** A demand remembered from a time yet to come, by a clock since set back, is of no use. */
  private PolicyState notAhead(LiveDemand live, Instant now) {
    Optional<LiveDemand.Known> last = state.lastKnown();
    if (last.isEmpty() || !last.get().at().isAfter(now)) {
      return state;
    }
    if (live instanceof LiveDemand.Known) {
      return PolicyState.INITIAL;
    }
    LiveDemand.Known known = last.get();
    return new PolicyState(Optional.of(new LiveDemand.Known(known.demand(), now, known.source())));
  }

  private List<String> warnings(TargetView.Known target, DecisionRecord record) {
    List<String> warnings = new ArrayList<>(target.obstacles());
    acted.ifPresent(outcome -> warnings.addAll(outcome.warnings()));
    warnings.addAll(traps.sentences());
    if (!traps.has(Trap.DEAD_BAND)) {
      record.decision().explanation().deadBand().ifPresent(band -> warnings.add(band.toString()));
    }
    return warnings;
  }

  private PolicySnapshot snapshot(List<String> warnings) {
    return new PolicySnapshot(definition, latest, conditions, warnings);
  }

  /** Each policy has its own place within the period, which keeps thousands apart. */
  private long phase() {
    // The low bits of a string's hash are much alike for names that end in a number.
    long mixed = definition.key().hashCode() * 0x9E37_79B9_7F4A_7C15L;
    return mixed >>> Integer.SIZE;
  }

  private Instant next(Instant now) {
    long period = settings.period().toMillis();
    long since = Math.floorMod(now.toEpochMilli() - phase(), period);
    return now.plusMillis(period - since);
  }
}
