// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of acting on one decision, as it is gathered. The first word on a condition stands. */
final class Report {
  private final Instant now;
  private final List<String> actions = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<PolicyCondition.Type, PolicyCondition> conditions =
      new EnumMap<>(PolicyCondition.Type.class);
  private final List<ControlPlaneException> failures = new ArrayList<>();

  Report(Instant now) {
    this.now = now;
  }

  void action(String sentence) {
    actions.add(sentence);
  }

  void warn(String sentence) {
    if (!warnings.contains(sentence)) {
      warnings.add(sentence);
    }
  }

  void floorHeld(Status status, String reason, String message) {
    conditions.putIfAbsent(
        PolicyCondition.Type.FLOOR_HELD,
        new PolicyCondition(PolicyCondition.Type.FLOOR_HELD, status, reason, message, now));
  }

  void conflict(String reason, String message) {
    conditions.putIfAbsent(
        PolicyCondition.Type.CONFLICT,
        new PolicyCondition(PolicyCondition.Type.CONFLICT, Status.TRUE, reason, message, now));
  }

  /** Says that a call failed before anything could be told of what is held. */
  void floorUnknown() {
    if (!failures.isEmpty()) {
      floorHeld(Status.UNKNOWN, "CallFailed", String.valueOf(failures.getFirst().getMessage()));
    }
  }

  boolean isConflict() {
    return conditions.containsKey(PolicyCondition.Type.CONFLICT);
  }

  /** Runs a part that asks the API server; what it cannot do is told, and the rest goes on. */
  void attempt(Runnable part) {
    try {
      part.run();
    } catch (ControlPlaneException e) {
      failures.add(e);
      warn(
          e.isForbidden()
              ? e.getMessage() + " (deploy/components/actuation allows it)"
              : String.valueOf(e.getMessage()));
    }
  }

  int actions() {
    return actions.size();
  }

  int failures() {
    return failures.size();
  }

  /** Passes the first failure on, if there was any. */
  void throwFailure() {
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  Actuator.Outcome outcome() {
    conditions.putIfAbsent(
        PolicyCondition.Type.CONFLICT,
        new PolicyCondition(
            PolicyCondition.Type.CONFLICT,
            Status.FALSE,
            "NoConflict",
            "nobody writes against the policy",
            now));
    return new Actuator.Outcome(actions, List.copyOf(conditions.values()), warnings);
  }
}
