// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.ServedDemand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what can be said of a policy, and since when. */
final class Conditions {
  private final List<PolicyCondition> before;
  private final Instant now;
  private final List<PolicyCondition> conditions = new ArrayList<>();

  private Conditions(List<PolicyCondition> before, Instant now) {
    this.before = before;
    this.now = now;
  }

  /**
   * Judges a policy whose target is known.
   *
   * @param before its conditions so far
   * @param live what was read
   * @param acted what came of acting; empty where this replica does not act
   */
  static List<PolicyCondition> of(
      List<PolicyCondition> before,
      PolicyDefinition policy,
      TargetView.Known target,
      LiveDemand live,
      DecisionRecord record,
      Optional<Actuator.Outcome> acted,
      Instant now) {
    Conditions judged = new Conditions(before, now);
    Explanation explanation = record.decision().explanation();
    judged.ready(policy);
    judged.demandKnown(live, record.decision().served());
    judged.forecastActive(policy, explanation);
    judged.limited(explanation);
    judged.floorHeld(policy, acted);
    judged.conflict(target, acted);
    return judged.conditions;
  }

  /** Judges a policy whose target is not known. */
  static List<PolicyCondition> withoutTarget(
      List<PolicyCondition> before, TargetView.Unknown target, Instant now) {
    Conditions judged = new Conditions(before, now);
    judged.add(PolicyCondition.Type.READY, Status.FALSE, "TargetUnknown", target.cause());
    for (PolicyCondition.Type type : PolicyCondition.Type.values()) {
      if (type != PolicyCondition.Type.READY) {
        judged.add(type, Status.UNKNOWN, "TargetUnknown", "nothing is decided");
      }
    }
    return judged.conditions;
  }

  private void ready(PolicyDefinition policy) {
    switch (policy.mode()) {
      case ENFORCE -> add(PolicyCondition.Type.READY, Status.TRUE, "Deciding", "decides and acts");
      case PREVIEW ->
          add(PolicyCondition.Type.READY, Status.TRUE, "Preview", "decides, and acts on nothing");
      case PAUSED ->
          add(PolicyCondition.Type.READY, Status.FALSE, "Paused", "decides, and acts on nothing");
    }
  }

  private void demandKnown(LiveDemand live, ServedDemand served) {
    switch (live) {
      case LiveDemand.Known known when served instanceof ServedDemand.Unknown(String cause) ->
          add(PolicyCondition.Type.DEMAND_KNOWN, Status.FALSE, "TooOld", cause);
      case LiveDemand.Known(var demand, _, String source) ->
          add(PolicyCondition.Type.DEMAND_KNOWN, Status.TRUE, "Measured", "read from " + source);
      case LiveDemand.Unknown(String source, String cause) ->
          add(
              PolicyCondition.Type.DEMAND_KNOWN,
              Status.FALSE,
              served instanceof ServedDemand.Known ? "Held" : "Unknown",
              source + ": " + cause);
    }
  }

  private void forecastActive(PolicyDefinition policy, Explanation explanation) {
    Optional<Proposal> forecast =
        explanation.proposals().stream().filter(p -> p.source() == Source.FORECAST).findFirst();
    if (policy.forecast().isEmpty() || forecast.isEmpty()) {
      add(
          PolicyCondition.Type.FORECAST_ACTIVE,
          Status.FALSE,
          "NotUsed",
          "the policy does not forecast");
      return;
    }
    boolean acts = forecast.get().ask().isPresent();
    add(
        PolicyCondition.Type.FORECAST_ACTIVE,
        acts ? Status.TRUE : Status.FALSE,
        acts ? "Skilled" : "Resting",
        forecast.get().because());
  }

  private void limited(Explanation explanation) {
    if (explanation.clamps().isEmpty()) {
      add(
          PolicyCondition.Type.LIMITED,
          Status.FALSE,
          "WithinLimits",
          "no limit lowers what is wanted");
      return;
    }
    Clamp last = explanation.clamps().getLast();
    String name = last.limit().name().toLowerCase(Locale.ROOT);
    add(
        PolicyCondition.Type.LIMITED,
        Status.TRUE,
        Character.toUpperCase(name.charAt(0)) + name.substring(1),
        "%d replicas instead of %d: %s".formatted(last.after(), last.before(), last.because()));
  }

  private void floorHeld(PolicyDefinition policy, Optional<Actuator.Outcome> acted) {
    Optional<PolicyCondition> told = told(PolicyCondition.Type.FLOOR_HELD, acted);
    if (told.isPresent()) {
      PolicyCondition held = told.get();
      add(PolicyCondition.Type.FLOOR_HELD, held.status(), held.reason(), held.message());
    } else if (policy.actuation() instanceof Actuation.ExactFloor && acted.isEmpty()) {
      add(
          PolicyCondition.Type.FLOOR_HELD,
          Status.UNKNOWN,
          "NotLeading",
          "another replica acts, or none yet");
    } else {
      add(
          PolicyCondition.Type.FLOOR_HELD,
          Status.FALSE,
          "NotHeld",
          "no bound of an autoscaler is held");
    }
  }

  private void conflict(TargetView.Known target, Optional<Actuator.Outcome> acted) {
    Optional<PolicyCondition> told = told(PolicyCondition.Type.CONFLICT, acted);
    if (told.isPresent() && told.get().status() != Status.FALSE) {
      PolicyCondition conflict = told.get();
      add(PolicyCondition.Type.CONFLICT, conflict.status(), conflict.reason(), conflict.message());
    } else if (target.autoscalers().size() > 1) {
      add(
          PolicyCondition.Type.CONFLICT,
          Status.TRUE,
          "SeveralAutoscalers",
          "the target is scaled by "
              + target.autoscalers().stream()
                  .map(Conditions::name)
                  .collect(Collectors.joining(" and "))
              + "; keep one of them");
    } else {
      add(
          PolicyCondition.Type.CONFLICT,
          Status.FALSE,
          "NoConflict",
          "nobody else changes what is held");
    }
  }

  private static String name(AutoscalerView autoscaler) {
    return autoscaler.kind() + " " + autoscaler.name();
  }

  private static Optional<PolicyCondition> told(
      PolicyCondition.Type type, Optional<Actuator.Outcome> acted) {
    return acted.flatMap(
        outcome -> outcome.conditions().stream().filter(c -> c.type() == type).findFirst());
  }

  private void add(PolicyCondition.Type type, Status status, String reason, String message) {
    Instant since =
        before.stream()
            .filter(known -> known.type() == type && known.status() == status)
            .map(PolicyCondition::lastTransition)
            .findFirst()
            .orElse(now);
    conditions.add(new PolicyCondition(type, status, reason, message, since));
  }
}
