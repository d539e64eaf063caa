// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.DeadBand;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.schedule.Conflict;
import io.agentscale.core.schedule.ScheduledBounds;
import io.agentscale.core.schedule.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a decision in words, after it was made: most are never read. */
final class PolicyWords {
  private final PolicySettings settings;
  private final PolicyObservation observation;
  private final Instant now;
  private final PolicyStep step;
  private final PolicyOutcome outcome;
  private final ScheduledBounds scheduled;

  PolicyWords(
      PolicySettings settings,
      PolicyObservation observation,
      Instant now,
      PolicyStep step,
      PolicyOutcome outcome) {
    this.settings = settings;
    this.observation = observation;
    this.now = now;
    this.step = step;
    this.outcome = outcome;
    scheduled = outcome.scheduled();
  }

  Explanation explanation() {
    return new Explanation(
        now,
        observation.replicas(),
        outcome.replicas(),
        outcome.served(),
        new PolicyInputs(settings, observation, outcome.state().lastKnown(), now).list(),
        proposals(),
        step.winner(),
        clamps(),
        scheduled,
        observation.foresight(),
        deadBand(),
        notes());
  }

  private List<Proposal> proposals() {
    List<Proposal> proposals = new ArrayList<>();
    for (Source source : Source.values()) {
      if (source != Source.PRESENT || !step.isKnownNow()) {
        proposals.add(new Proposal(source, step.ask(source), because(source)));
      }
    }
    return proposals;
  }

  private String because(Source source) {
    return switch (source) {
      case LIVE -> step.demand().map(this::liveBecause).orElseGet(step::unknownBecause);
      case SCHEDULE -> ScheduleOnly.describe(scheduled.influences());
      case FORECAST -> forecastBecause();
      case MINIMUM -> "minReplicas " + settings.bounds().min();
      case PRESENT -> "kept until live demand is known";
    };
  }

  private String liveBecause(LiveDemand.Known known) {
    String headroom =
        settings.headroom().equals(Headroom.NONE) ? "" : " + headroom " + settings.headroom();
    String held =
        step.isKnownNow()
            ? ""
            : ", held: " + step.ageInWords(known) + " old, " + step.unknownBecause();
    return "demand " + known.demand() + headroom + held;
  }

  private String forecastBecause() {
    if (settings.forecast().isEmpty()) {
      return "not used";
    }
    return observation
        .foresight()
        .map(foresight -> settings.forecast().get().because(foresight, now))
        .orElse("nothing is foreseen yet");
  }

  private List<Clamp> clamps() {
    return step.clamps().stream()
        .map(clamp -> new Clamp(clamp.limit(), clamp.before(), clamp.after(), because(clamp)))
        .toList();
  }

  private String because(Clamp clamp) {
    return switch (clamp.limit()) {
      case QUOTA ->
          "%s tokens per minute feed %d replicas: more cannot help"
              .formatted(
                  settings.quota().map(Quota::tokensPerMinute).orElse(Quantity.ZERO),
                  step.fed().orElseThrow());
      case CEILING, EXACT -> ScheduleOnly.describe(scheduled.influences());
      case MAXIMUM -> "maxReplicas " + settings.bounds().max();
    };
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (settings.forecast().isPresent() && observation.foresight().isPresent()) {
      shortForecast(observation.foresight().get()).ifPresent(notes::add);
    }
    if (!step.isKnownNow()) {
      notes.add("live demand is " + step.unknownBecause());
    }
    if (settings.quota().isPresent() && step.fed().isEmpty()) {
      notes.add("the quota is not applied: what a replica uses of it is not known");
    }
    for (Conflict conflict : scheduled.conflicts()) {
      notes.add(conflict.toString());
    }
    return notes;
  }

  private static Optional<String> shortForecast(Foresight foresight) {
    return foresight.forecast().horizon().compareTo(foresight.lead()) < 0
        ? Optional.of(
            "the forecast looks %s ahead, less than the lead of %s"
                .formatted(
                    Spans.text(foresight.forecast().horizon()), Spans.text(foresight.lead())))
        : Optional.empty();
  }

  /** By the controller's own expression for an average of all replicas. */
  private Optional<DeadBand> deadBand() {
    int present = observation.replicas();
    if (outcome.replicas() == present
        || present == 0
        || !(outcome.served() instanceof ServedDemand.Known(Quantity told, Instant _))) {
      return Optional.empty();
    }
    double ratio = told.milli() / ((double) settings.perReplica().milli() * (double) present);
    return Math.abs(1.0 - ratio) <= settings.tolerance()
        ? Optional.of(new DeadBand(present, outcome.replicas(), ratio, settings.tolerance()))
        : Optional.empty();
  }
}
