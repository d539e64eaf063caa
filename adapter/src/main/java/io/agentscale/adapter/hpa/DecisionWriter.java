// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.Condition;
import io.agentscale.core.hpa.HpaDecision;
import io.agentscale.core.hpa.HpaEvent;
import io.agentscale.core.hpa.HpaStatus;
import io.agentscale.core.hpa.HpaTransition;
import io.agentscale.core.hpa.MetricEvaluation;
import io.agentscale.core.hpa.MetricStatus;
import io.agentscale.core.hpa.Reasoning;
import io.agentscale.core.hpa.Reasoning.Combination;
import io.agentscale.core.hpa.Reasoning.Disabled;
import io.agentscale.core.hpa.Reasoning.Evaluated;
import io.agentscale.core.hpa.Reasoning.OutOfBounds;
import io.agentscale.core.hpa.Reasoning.ScaleUnreadable;
import io.agentscale.core.hpa.Reasoning.SelectorUnusable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes what a step came to, in the form of the recorded decisions of the real controller. */
final class DecisionWriter {
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private final JsonGenerator json;

  DecisionWriter(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the fields of a step into an object that is open. */
  void write(Step step, HpaTransition transition) throws IOException {
    HpaDecision decision = transition.decision();
    writeTime("t", step.micros());
    json.writeNumberField("specReplicas", step.specReplicas());
    json.writeNumberField("statusReplicas", step.statusReplicas());
    json.writeNumberField("podCount", step.podCount());
    writeReasoning(step, decision.reasoning());
    json.writeNumberField("desired", decision.replicas().orElse(step.specReplicas()));
    json.writeBooleanField("rescaled", decision.rescaled());
    json.writeStringField("action", decision.action().label());
    json.writeStringField("errorLabel", decision.errorKind().label());
    if (decision.error().isPresent()) {
      json.writeStringField("error", decision.error().get());
    }
    writeEvents(decision.events());
    json.writeObjectFieldStart("status");
    writeStatus(transition.state().status());
    json.writeEndObject();
  }

  private void writeReasoning(Step step, Reasoning reasoning) throws IOException {
    switch (reasoning) {
      case Evaluated evaluated -> writeEvaluated(evaluated);
      case SelectorUnusable unusable when unusable.parserError().isPresent() -> {
        // The recorded decisions name the parser's error once a metric.
        json.writeArrayFieldStart("proposals");
        for (int i = 0; i < step.spec().metrics().size(); i++) {
          json.writeStartObject();
          json.writeStringField("error", unusable.parserError().get());
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNullField("metricDesired");
      }
      case SelectorUnusable _, ScaleUnreadable _, Disabled _, OutOfBounds _ -> {
        json.writeNullField("proposals");
        json.writeNullField("metricDesired");
      }
    }
  }

  private void writeEvaluated(Evaluated evaluated) throws IOException {
    json.writeArrayFieldStart("proposals");
    for (MetricEvaluation evaluation : evaluated.metrics()) {
      json.writeStartObject();
      switch (evaluation) {
        case MetricEvaluation.Proposed proposed -> {
          json.writeNumberField("replicas", proposed.replicas());
          json.writeStringField("name", proposed.name());
        }
        case MetricEvaluation.Failed failed -> json.writeStringField("error", failed.error());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    switch (evaluated.combined()) {
      case Combination.Largest largest ->
          json.writeNumberField("metricDesired", largest.replicas());
      case Combination.Refused _ -> json.writeNullField("metricDesired");
    }
  }

  private void writeEvents(List<HpaEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("events");
    for (HpaEvent event : events) {
      json.writeStartObject();
      json.writeStringField("type", event.type());
      json.writeStringField("reason", event.reason());
      json.writeStringField("message", event.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes the fields of a status into an object that is open. */
  void writeStatus(HpaStatus status) throws IOException {
    json.writeNumberField("currentReplicas", status.currentReplicas());
    json.writeNumberField("desiredReplicas", status.desiredReplicas());
    writeTime("lastScaleTime", status.lastScaleTime());
    json.writeArrayFieldStart("metrics");
    for (MetricStatus metric : status.metrics()) {
      json.writeStartObject();
      writeMetric(metric);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("conditions");
    for (Condition condition : status.conditions()) {
      writeCondition(condition);
    }
    json.writeEndArray();
  }

  private void writeMetric(MetricStatus metric) throws IOException {
    switch (metric) {
      case MetricStatus.Unknown _ -> json.writeStringField("type", "");
      case MetricStatus.Reported reported -> {
        json.writeStringField("type", reported.source().type());
        MetricStatus.Current current = reported.current();
        if (current.valueMilli().isPresent()) {
          json.writeNumberField("value", current.valueMilli().getAsLong());
        }
        if (current.averageValueMilli().isPresent()) {
          json.writeNumberField("averageValue", current.averageValueMilli().getAsLong());
        }
        if (current.averageUtilization().isPresent()) {
          json.writeNumberField("averageUtilization", current.averageUtilization().getAsInt());
        }
      }
    }
  }

  private void writeCondition(Condition condition) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", condition.type());
    json.writeStringField("status", condition.status());
    json.writeStringField("reason", condition.reason());
    if (!condition.message().isEmpty()) {
      json.writeStringField("message", condition.message());
    }
    writeTime("since", condition.since());
    json.writeEndObject();
  }

  void writeTime(String field, Optional<Instant> time) throws IOException {
    if (time.isPresent()) {
      writeTime(field, Times.micros(time.get()));
    } else {
      json.writeNullField(field);
    }
  }

  private void writeTime(String field, long micros) throws IOException {
    if (micros % MICROS_PER_SECOND == 0) {
      json.writeNumberField(field, micros / MICROS_PER_SECOND);
    } else {
      json.writeNumberField(field, BigDecimal.valueOf(micros, 6).stripTrailingZeros());
    }
  }
}
