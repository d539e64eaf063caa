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
  private final List<Condition> conditions;

  StatusDraft(HpaStatus stored, Instant now) {
    this.stored = stored;
    this.now = now;
    conditions = new ArrayList<>(stored.conditions());
  }

  /** Sets a condition, found by its type; its time moves only with its status. */
  void set(String type, String status, String reason, String message) {
    for (int i = 0; i < conditions.size(); i++) {
      Condition old = conditions.get(i);
      if (old.type().equals(type)) {
        Optional<Instant> since = old.status().equals(status) ? old.since() : Optional.of(now);
        conditions.set(i, new Condition(type, status, reason, message, since));
        return;
      }
    }
    conditions.add(new Condition(type, status, reason, message, Optional.of(now)));
  }

  /** Sets the condition of a quirk: without type, status, text and, as no status came, time. */
  void setEmpty() {
    if (conditions.stream().noneMatch(condition -> condition.type().isEmpty())) {
      conditions.add(new Condition("", "", "", "", Optional.empty()));
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
