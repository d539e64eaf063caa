// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Source;
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
import org.jspecify.annotations.Nullable;

/**
 * One decision of a {@link CompositePolicy} in the making, in figures; {@link PolicyWords} puts it
 * in words.
 */
final class PolicyStep {
  private final PolicySettings settings;
  private final PolicyObservation observation;
  private final Instant now;
  private final ReplicaBounds bounds;
  private final ScheduledBounds scheduled;
  // The newest demand ever known, and the same if it is recent enough to count.
  private final Optional<LiveDemand.Known> newest;
  private final LiveDemand.@Nullable Known demand;

  // What each source asks for.
  private final @Nullable Capacity live;
  private final @Nullable Capacity planned;
  private final @Nullable Capacity foreseen;
  private final Capacity minimum;
  private final @Nullable Capacity present;

  private Source winner = Source.MINIMUM;
  private OptionalInt fed = OptionalInt.empty();
  private int limit = Integer.MAX_VALUE;
  private List<Clamp> clamps = List.of();

  PolicyStep(
      PolicySettings settings, PolicyState state, PolicyObservation observation, Instant now) {
    this.settings = settings;
    this.observation = observation;
    this.now = now;
    bounds = settings.bounds();
    scheduled = settings.schedules().at(now);
    newest = newest(state, observation.live(), now);
    demand = newest.isPresent() && isFresh(newest.get().at()) ? newest.get() : null;
    live =
        demand == null
            ? null
            : Capacity.forDemand(settings.headroom().above(demand.demand()), settings.perReplica());
    planned = planned();
    foreseen = foreseen();
    minimum = ofReplicas(bounds.min());
    present = isKnownNow() ? null : ofReplicas(observation.replicas());
  }

  private static Optional<LiveDemand.Known> newest(
      PolicyState state, LiveDemand live, Instant now) {
    if (!(live instanceof LiveDemand.Known known)) {
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

  private boolean isFresh(Instant measured) {
    return !measured.plus(settings.hold()).isBefore(now);
  }

  private @Nullable Capacity planned() {
    Quantity atLeast = scheduled.demand().orElse(Quantity.ZERO);
    Capacity forDemand = Capacity.forDemand(atLeast, settings.perReplica());
    Capacity forFloor = ofReplicas(scheduledFloor());
    if (forDemand.replicas() == 0 && forFloor.replicas() == 0 && !scheduled.exact()) {
      return null;
    }
    return forDemand.outranks(forFloor) ? forDemand : forFloor;
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

  private @Nullable Capacity foreseen() {
    if (settings.forecast().isEmpty() || observation.foresight().isEmpty()) {
      return null;
    }
    Optional<Quantity> ask = settings.forecast().get().foreseen(observation.foresight().get(), now);
    return ask.isPresent() ? Capacity.forDemand(ask.get(), settings.perReplica()) : null;
  }

  private Capacity ofReplicas(int replicas) {
    return Capacity.ofReplicas(replicas, settings.perReplica());
  }

  /** Decides. */
  PolicyOutcome outcome() {
    int replicas = limited(largest().replicas());
    return new PolicyOutcome(replicas, served(replicas), new PolicyState(newest), scheduled);
  }

  /** From the weakest claim to a tie to the strongest; the present count never wins one. */
  private Capacity largest() {
    Capacity most = minimum;
    most = larger(Source.FORECAST, foreseen, most);
    most = larger(Source.SCHEDULE, planned, most);
    most = larger(Source.LIVE, live, most);
    if (present == null || present.replicas() <= most.replicas()) {
      return most;
    }
    winner = Source.PRESENT;
    return present;
  }

  private Capacity larger(Source source, @Nullable Capacity ask, Capacity most) {
    if (ask == null || most.outranks(ask)) {
      return most;
    }
    winner = source;
    return ask;
  }

  private int limited(int wanted) {
    int replicas = wanted;
    fed = quota();
    if (fed.isPresent()) {
      replicas = lower(Limit.QUOTA, replicas, Math.max(fed.getAsInt(), bounds.min()));
    }
    if (scheduled.exact()) {
      if (replicas != scheduled.floor()) {
        clamp(Limit.EXACT, replicas, scheduled.floor());
      }
      return scheduled.floor();
    }
    if (scheduled.ceiling() < bounds.max()) {
      replicas = lower(Limit.CEILING, replicas, scheduled.ceiling());
    }
    return lower(Limit.MAXIMUM, replicas, bounds.max());
  }

  private OptionalInt quota() {
    if (settings.quota().isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<Quantity> use =
        observation
            .tokenUse()
            .filter(measured -> isFresh(measured.at()))
            .map(TokenUse::tokensPerMinute);
    return settings
        .quota()
        .get()
        .replicas(observation.replicas(), observation.readyReplicas(), use);
  }

  private int lower(Limit by, int replicas, int most) {
    limit = Math.min(limit, most);
    if (replicas <= most) {
      return replicas;
    }
    clamp(by, replicas, most);
    return most;
  }

  private void clamp(Limit by, int before, int after) {
    if (clamps.isEmpty()) {
      clamps = new ArrayList<>();
    }
    clamps.add(new Clamp(by, before, after, ""));
  }

  private ServedDemand served(int replicas) {
    Quantity carried = ofReplicas(replicas).demand();
    if (scheduled.exact()) {
      return new ServedDemand.Known(carried, now);
    }
    if (demand == null || live == null) {
      // Nothing to say unless the replicas are to change, which no unknown demand asks for.
      return replicas == observation.replicas()
          ? new ServedDemand.Unknown(unknownBecause())
          : new ServedDemand.Known(carried, now);
    }
    Quantity asked = larger(live.demand(), planned);
    asked = larger(asked, foreseen);
    asked = larger(asked, minimum);
    Quantity most = ofReplicas(limit).demand();
    boolean measured = asked.equals(live.demand()) && asked.compareTo(most) <= 0;
    return new ServedDemand.Known(Capacity.smaller(asked, most), measured ? demand.at() : now);
  }

  private static Quantity larger(Quantity asked, @Nullable Capacity ask) {
    return ask == null ? asked : Capacity.larger(asked, ask.demand());
  }

  /** Says why live demand is not known now. */
  String unknownBecause() {
    return switch (observation.live()) {
      case LiveDemand.Unknown(_, String cause) -> "unknown: " + cause;
      case LiveDemand.Known _ ->
          "unknown: the newest value is "
              + newest.map(this::ageInWords).orElseThrow()
              + " old, more than "
              + Spans.text(settings.hold());
    };
  }

  String ageInWords(LiveDemand.Known known) {
    return Spans.text(Duration.between(known.at(), now).truncatedTo(ChronoUnit.SECONDS));
  }

  /** Returns the known demand that counts, if there is one. */
  Optional<LiveDemand.Known> demand() {
    return Optional.ofNullable(demand);
  }

  boolean isKnownNow() {
    return demand != null && observation.live() instanceof LiveDemand.Known;
  }

  /** Returns what a source asks for, if anything. */
  Optional<Capacity> ask(Source source) {
    return switch (source) {
      case LIVE -> Optional.ofNullable(live);
      case SCHEDULE -> Optional.ofNullable(planned);
      case FORECAST -> Optional.ofNullable(foreseen);
      case MINIMUM -> Optional.of(minimum);
      case PRESENT -> Optional.ofNullable(present);
    };
  }

  /** Returns the source whose ask was the largest, after the decision. */
  Source winner() {
    return winner;
  }

  /** Returns the replicas the quota feeds, if it was applied. */
  OptionalInt fed() {
    return fed;
  }

  /** Returns what lowered or overrode the largest ask, in order and without words. */
  List<Clamp> clamps() {
    return clamps;
  }
}
