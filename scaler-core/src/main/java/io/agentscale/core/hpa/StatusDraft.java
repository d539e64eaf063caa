// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status a reconciliation works on before it stores it. */
final class StatusDraft {
  private final HpaStatus stored;
  private final Instant now;
  // The stored list itself until something changes, which is rare.
  private List<Condition> conditions;
  private boolean isCopy;

  StatusDraft(HpaStatus stored, Instant now) {
    this.stored = stored;
    this.now = now;
    conditions = stored.conditions();
  }

  /** Sets a condition, found by its type; its time moves only with its status. */
  void set(String type, String status, String reason, String message) {
    set(type, status, reason, message, "");
  }

  /** As above, with a message in two parts: mostly it is the one there is already. */
  void set(String type, String status, String reason, String message, String rest) {
    for (int i = 0; i < conditions.size(); i++) {
      Condition old = conditions.get(i);
      if (old.type().equals(type)) {
        if (!says(old, status, reason, message, rest)) {
          Optional<Instant> since = old.status().equals(status) ? old.since() : Optional.of(now);
          own().set(i, new Condition(type, status, reason, message + rest, since));
        }
        return;
      }
    }
    own().add(new Condition(type, status, reason, message + rest, Optional.of(now)));
  }

  private static boolean says(
      Condition condition, String status, String reason, String message, String rest) {
    return condition.status().equals(status)
        && condition.reason().equals(reason)
        && isText(condition.message(), message, rest);
  }

  private List<Condition> own() {
    if (!isCopy) {
      conditions = new ArrayList<>(conditions);
      isCopy = true;
    }
    return conditions;
  }

  private static boolean isText(String text, String start, String rest) {
    return rest.isEmpty()
        ? text.equals(start)
        : text.length() == start.length() + rest.length()
            && text.startsWith(start)
            && text.endsWith(rest);
  }

  /** Sets the condition of a quirk: without type, status, text and, as no status came, time. */
  void setEmpty() {
    if (conditions.stream().noneMatch(condition -> condition.type().isEmpty())) {
      own().add(new Condition("", "", "", "", Optional.empty()));
    }
  }

  HpaStatus withConditions() {
    return new HpaStatus(
        stored.currentReplicas(),
        stored.desiredReplicas(),
        stored.lastScaleTime(),
        stored.metrics(),
        conditions);
  }

  HpaStatus withCurrentReplicas(int current) {
    return new HpaStatus(
        current, stored.desiredReplicas(), stored.lastScaleTime(), stored.metrics(), conditions);
  }

  HpaStatus complete(int current, int desired, List<MetricStatus> metrics) {
    Optional<Instant> lastScaleTime =
        desired == current ? stored.lastScaleTime() : Optional.of(now);
    return new HpaStatus(current, desired, lastScaleTime, metrics, conditions);
  }
}
