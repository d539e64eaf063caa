// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.ServedDemand;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One decision as JSON. What is unknown is absent, or has its cause; it is never a number. */
final class DecisionJson {
  private DecisionJson() {}

  /**
   * @param next the decision after it, which shows what came of it; empty for the latest
   */
  static ObjectNode of(DecisionRecord record, Optional<DecisionRecord> next) {
    Explanation explanation = record.decision().explanation();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", record.at().toString())
        .put("replicas", record.replicas())
        .put("readyReplicas", record.readyReplicas())
        .put("decided", record.decision().replicas())
        .put("winner", word(explanation.winner()));
    json.set("served", served(record.decision().served()));
    inputs(explanation, json.putArray("inputs"));
    proposals(explanation, json.putArray("proposals"));
    clamps(explanation, json.putArray("clamps"));
    explanation.foresight().ifPresent(foresight -> json.set("forecast", forecast(foresight)));
    explanation.deadBand().ifPresent(band -> json.put("deadBand", band.toString()));
    explanation.notes().forEach(json.putArray("notes")::add);
    record.autoscaler().ifPresent(autoscaler -> json.set("autoscaler", autoscaler(autoscaler)));
    record.actions().forEach(json.putArray("actions")::add);
    next.ifPresent(after -> json.set("then", then(after)));
    return json;
  }

  private static ObjectNode served(ServedDemand served) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return switch (served) {
      case ServedDemand.Known(Quantity demand, Instant at) ->
          json.put("demand", demand.toString()).put("at", at.toString());
      case ServedDemand.Unknown(String cause) -> json.put("unknown", cause);
    };
  }

  private static void inputs(Explanation explanation, ArrayNode into) {
    for (Explanation.Input input : explanation.inputs()) {
      ObjectNode json =
          into.addObject()
              .put("name", input.name())
              .put("value", input.value())
              .put("source", input.source());
      input.age().ifPresent(age -> json.put("ageSeconds", age.toMillis() / 1e3));
    }
  }

  private static void proposals(Explanation explanation, ArrayNode into) {
    for (Explanation.Proposal proposal : explanation.proposals()) {
      ObjectNode json =
          into.addObject()
              .put("source", word(proposal.source()))
              .put("because", proposal.because());
      if (proposal.ask().isPresent()) {
        Capacity ask = proposal.ask().get();
        json.put("replicas", ask.replicas()).put("demand", ask.demand().toString());
      }
    }
  }

  private static void clamps(Explanation explanation, ArrayNode into) {
    for (Explanation.Clamp clamp : explanation.clamps()) {
      into.addObject()
          .put("limit", word(clamp.limit()))
          .put("before", clamp.before())
          .put("after", clamp.after())
          .put("because", clamp.because());
    }
  }

  private static ObjectNode forecast(Foresight foresight) {
    ForecastExplanation explained = foresight.forecast();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("leadSeconds", foresight.lead().toMillis() / 1e3)
        .put("leadSource", foresight.leadSource())
        .put("horizonSeconds", explained.horizon().toSeconds());
    switch (explained.forecast()) {
      case Forecast.Known known -> {
        json.put("from", known.from().toString())
            .put("for", known.at().toString())
            .put("value", rounded(known.value()));
        ObjectNode band = json.putObject("quantiles");
        known.quantiles().forEach(q -> band.put(Double.toString(q.p()), rounded(q.value())));
        json.put("knowledge", known.knowledge().describe());
      }
      case Forecast.Unknown(String cause) -> json.put("unknown", cause);
    }
    Accuracy accuracy = explained.accuracy();
    json.put("outcomes", accuracy.outcomes());
    accuracy.skill().ifPresent(skill -> json.put("skill", rounded(skill)));
    if (accuracy.outcomes() > 0) {
      ObjectNode coverage = json.putObject("coverage");
      accuracy
          .quantiles()
          .forEach(q -> coverage.put(Double.toString(q.p()), rounded(q.coverage())));
    }
    json.put("mayAct", explained.verdict().mayAct()).put("verdict", explained.verdict().reason());
    return json;
  }

  private static ObjectNode autoscaler(AutoscalerView view) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", view.kind())
        .put("name", view.name())
        .put("minReplicas", view.minReplicas())
        .put("maxReplicas", view.maxReplicas())
        .put("currentReplicas", view.currentReplicas())
        .put("desiredReplicas", view.desiredReplicas());
    view.lastScaleTime().ifPresent(at -> json.put("lastScaleTime", at.toString()));
    view.notes().forEach(json.putArray("notes")::add);
    return json;
  }

  private static ObjectNode then(DecisionRecord next) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", next.at().toString())
        .put("replicas", next.replicas())
        .put("readyReplicas", next.readyReplicas());
    next.autoscaler().ifPresent(view -> json.put("autoscalerDesired", view.desiredReplicas()));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
