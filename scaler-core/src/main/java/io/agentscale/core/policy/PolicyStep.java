// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.DeadBand;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.schedule.Conflict;
import io.agentscale.core.schedule.Influence;
import io.agentscale.core.schedule.Influence.Bound;
import io.agentscale.core.schedule.ScheduledBounds;
import io.agentscale.core.schedule.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** One decision of a {@link CompositePolicy} in the making. */
final class PolicyStep {
  private final PolicySettings settings;
  private final PolicyObservation observation;
  private final Instant now;
  private final boolean explains;
  private final ReplicaBounds bounds;
  private final ScheduledBounds scheduled;
  // The newest demand ever known, and the same if it is recent enough to count.
  private final Optional<LiveDemand.Known> newest;
  private final Optional<LiveDemand.Known> demand;

  private final List<Proposal> proposals = new ArrayList<>();
  private final List<Clamp> clamps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int limit = Integer.MAX_VALUE;

  /** Begins; without {@code explains} no words are made. */
  PolicyStep(
      PolicySettings settings,
      PolicyState state,
      PolicyObservation observation,
      Instant now,
      boolean explains) {
    this.settings = settings;
    this.observation = observation;
    this.now = now;
    this.explains = explains;
    bounds = settings.bounds();
    scheduled = settings.schedules().at(now);
    newest = newest(state);
    demand = newest.filter(known -> !known.at().plus(settings.hold()).isBefore(now));
  }

  PolicyOutcome outcome() {
    proposeLive();
    proposeScheduled();
    proposeForecast();
    propose(Source.MINIMUM, ofReplicas(bounds.min()), () -> "minReplicas " + bounds.min());
    proposePresent();
    int replicas = limited(winner().ask().map(Capacity::replicas).orElse(0));
    return new PolicyOutcome(replicas, served(replicas), new PolicyState(newest), scheduled);
  }

  PolicyDecision decision() {
    PolicyOutcome outcome = outcome();
    int replicas = outcome.replicas();
    ServedDemand served = outcome.served();
    for (Conflict conflict : scheduled.conflicts()) {
      notes.add(conflict.toString());
    }
    Explanation explanation =
        new Explanation(
            now,
            observation.replicas(),
            replicas,
            served,
            new PolicyInputs(settings, observation, newest, now).list(),
            proposals,
            winner().source(),
            clamps,
            scheduled,
            observation.foresight(),
            deadBand(replicas, served),
            notes);
    return new PolicyDecision(replicas, served, outcome.state(), explanation);
  }

  private String words(Supplier<String> text) {
    return explains ? text.get() : "";
  }

  private Optional<LiveDemand.Known> newest(PolicyState state) {
    if (!(observation.live() instanceof LiveDemand.Known known)) {
      return state.lastKnown();
    }
    if (state.lastKnown().isPresent() && state.lastKnown().get().at().isAfter(known.at())) {
      return state.lastKnown();
    }
    // A clock that runs ahead must not make a demand hold for longer.
    return known.at().isAfter(now)
        ? Optional.of(new LiveDemand.Known(known.demand(), now, known.source()))
        : Optional.of(known);
  }

  private boolean isKnownNow() {
    return demand.isPresent() && observation.live() instanceof LiveDemand.Known;
  }

  private void proposeLive() {
    if (demand.isEmpty()) {
      proposeNothing(Source.LIVE, this::unknownBecause);
      return;
    }
    LiveDemand.Known known = demand.get();
    propose(
        Source.LIVE,
        Capacity.forDemand(settings.headroom().above(known.demand()), settings.perReplica()),
        () -> liveBecause(known));
  }

  private String liveBecause(LiveDemand.Known known) {
    String headroom =
        settings.headroom().equals(Headroom.NONE) ? "" : " + headroom " + settings.headroom();
    String held = isKnownNow() ? "" : ", held: " + ageInWords(known) + " old, " + unknownBecause();
    return "demand " + known.demand() + headroom + held;
  }

  private String unknownBecause() {
    return switch (observation.live()) {
      case LiveDemand.Unknown(_, String cause) -> "unknown: " + cause;
      case LiveDemand.Known _ ->
          "unknown: the newest value is "
              + newest.map(this::ageInWords).orElseThrow()
              + " old, more than "
              + Spans.text(settings.hold());
    };
  }

  private String ageInWords(LiveDemand.Known known) {
    return Spans.text(Duration.between(known.at(), now).truncatedTo(ChronoUnit.SECONDS));
  }

  private void proposeScheduled() {
    Supplier<String> because = () -> ScheduleOnly.describe(scheduled.influences());
    Quantity atLeast = scheduled.demand().orElse(Quantity.ZERO);
    Capacity forDemand = Capacity.forDemand(atLeast, settings.perReplica());
    Capacity forFloor = ofReplicas(scheduledFloor());
    if (forDemand.replicas() == 0 && forFloor.replicas() == 0 && !scheduled.exact()) {
      proposeNothing(Source.SCHEDULE, because);
      return;
    }
    propose(Source.SCHEDULE, outranks(forDemand, forFloor) ? forDemand : forFloor, because);
  }

  /** The baseline's minimum is not a schedule's doing, so it is left out. */
  private int scheduledFloor() {
    if (scheduled.exact()) {
      return scheduled.floor();
    }
    long highest = 0;
    for (Influence influence : scheduled.influences()) {
      if (influence.bound() == Bound.FLOOR) {
        highest = Math.max(highest, influence.value());
      }
    }
    return (int) highest;
  }

  private void proposeForecast() {
    if (settings.forecast().isEmpty() || observation.foresight().isEmpty()) {
      proposeNothing(
          Source.FORECAST,
          () -> settings.forecast().isEmpty() ? "not used" : "nothing is foreseen yet");
      return;
    }
    Foresight foresight = observation.foresight().get();
    ForecastUse use = settings.forecast().get();
    Optional<Capacity> ask =
        use.foreseen(foresight, now)
            .map(demand -> Capacity.forDemand(demand, settings.perReplica()));
    proposals.add(new Proposal(Source.FORECAST, ask, words(() -> use.because(foresight, now))));
    if (foresight.forecast().horizon().compareTo(foresight.lead()) < 0) {
      note(
          () ->
              "the forecast looks %s ahead, less than the lead of %s"
                  .formatted(
                      Spans.text(foresight.forecast().horizon()), Spans.text(foresight.lead())));
    }
  }

  private void proposePresent() {
    if (isKnownNow()) {
      return;
    }
    int present = observation.replicas();
    propose(Source.PRESENT, ofReplicas(present), () -> "kept until live demand is known");
    note(() -> "live demand is " + unknownBecause());
  }

  private void propose(Source source, Capacity ask, Supplier<String> because) {
    proposals.add(new Proposal(source, Optional.of(ask), words(because)));
  }

  private void proposeNothing(Source source, Supplier<String> because) {
    proposals.add(new Proposal(source, Optional.empty(), words(because)));
  }

  private void note(Supplier<String> text) {
    if (explains) {
      notes.add(text.get());
    }
  }

  private Capacity ofReplicas(int replicas) {
    return Capacity.ofReplicas(replicas, settings.perReplica());
  }

  private Proposal winner() {
    Proposal best = null;
    for (Proposal proposal : proposals) {
      if (proposal.ask().isPresent() && (best == null || beats(proposal, best))) {
        best = proposal;
      }
    }
    if (best == null) {
      throw new IllegalStateException("the minimum always proposes");
    }
    return best;
  }

  private static boolean beats(Proposal challenger, Proposal best) {
    Capacity ask = challenger.ask().orElseThrow();
    Capacity most = best.ask().orElseThrow();
    return challenger.source() == Source.PRESENT
        ? ask.replicas() > most.replicas()
        : outranks(ask, most);
  }

  private static boolean outranks(Capacity one, Capacity other) {
    return one.replicas() == other.replicas()
        ? one.demand().compareTo(other.demand()) > 0
        : one.replicas() > other.replicas();
  }

  private int limited(int wanted) {
    int replicas = wanted;
    OptionalInt fed = quota();
    if (fed.isPresent()) {
      int most = Math.max(fed.getAsInt(), bounds.min());
      replicas =
          lower(
              Limit.QUOTA,
              replicas,
              most,
              () ->
                  "%s tokens per minute feed %d replicas: more cannot help"
                      .formatted(
                          settings.quota().map(Quota::tokensPerMinute).orElse(Quantity.ZERO),
                          fed.getAsInt()));
    }
    if (scheduled.exact()) {
      return exactly(replicas);
    }
    if (scheduled.ceiling() < bounds.max()) {
      replicas =
          lower(
              Limit.CEILING,
              replicas,
              scheduled.ceiling(),
              () -> ScheduleOnly.describe(scheduled.influences()));
    }
    return lower(Limit.MAXIMUM, replicas, bounds.max(), () -> "maxReplicas " + bounds.max());
  }

  private OptionalInt quota() {
    if (settings.quota().isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<Quantity> use =
        observation
            .tokenUse()
            .filter(measured -> !measured.at().plus(settings.hold()).isBefore(now))
            .map(TokenUse::tokensPerMinute);
    OptionalInt fed =
        settings.quota().get().replicas(observation.replicas(), observation.readyReplicas(), use);
    if (fed.isEmpty()) {
      note(() -> "the quota is not applied: what a replica uses of it is not known");
    }
    return fed;
  }

  private int exactly(int replicas) {
    int exact = scheduled.floor();
    if (replicas != exact) {
      String because = words(() -> ScheduleOnly.describe(scheduled.influences()));
      clamps.add(new Clamp(Limit.EXACT, replicas, exact, because));
    }
    return exact;
  }

  private int lower(Limit by, int replicas, int most, Supplier<String> because) {
    limit = Math.min(limit, most);
    if (replicas <= most) {
      return replicas;
    }
    clamps.add(new Clamp(by, replicas, most, words(because)));
    return most;
  }

  private ServedDemand served(int replicas) {
    Quantity carried = ofReplicas(replicas).demand();
    if (scheduled.exact()) {
      return new ServedDemand.Known(carried, now);
    }
    if (demand.isEmpty()) {
      // Nothing to say unless the replicas are to change, which no unknown demand asks for.
      return replicas == observation.replicas()
          ? new ServedDemand.Unknown(unknownBecause())
          : new ServedDemand.Known(carried, now);
    }
    Quantity asked = Quantity.ZERO;
    Source by = Source.LIVE;
    for (Proposal proposal : proposals) {
      Optional<Quantity> wanted = proposal.ask().map(Capacity::demand);
      if (proposal.source() != Source.PRESENT
          && wanted.isPresent()
          && wanted.get().compareTo(asked) > 0) {
        asked = wanted.get();
        by = proposal.source();
      }
    }
    Quantity most = ofReplicas(limit).demand();
    boolean measured = by == Source.LIVE && asked.compareTo(most) <= 0;
    return new ServedDemand.Known(
        Capacity.smaller(asked, most), measured ? demand.get().at() : now);
  }

  /** By the controller's own expression for an average of all replicas. */
  private Optional<DeadBand> deadBand(int replicas, ServedDemand served) {
    int present = observation.replicas();
    if (replicas == present
        || present == 0
        || !(served instanceof ServedDemand.Known(Quantity told, Instant _))) {
      return Optional.empty();
    }
    double ratio = told.milli() / ((double) settings.perReplica().milli() * (double) present);
    return Math.abs(1.0 - ratio) <= settings.tolerance()
        ? Optional.of(new DeadBand(present, replicas, ratio, settings.tolerance()))
        : Optional.empty();
  }
}
