// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.MetricEvaluation;
import io.agentscale.core.hpa.Normalization;
import io.agentscale.core.hpa.Reasoning.Evaluated;
import io.agentscale.core.hpa.Workings;
import io.agentscale.core.hpa.Workings.PodCounts;
import java.io.IOException;

/**
 * Writes an explanation as JSON: the decision in the form of {@code hpa evaluate}, the workings,
 * and the state to go on from.
 */
final class ExplanationJson {
  private final JsonGenerator json;

  ExplanationJson(JsonGenerator json) {
    this.json = json;
  }

  void write(Explanation explanation) throws IOException {
    json.writeStartObject();
    json.writeStringField("dialect", explanation.settings().dialect().text());
    new DecisionWriter(json).write(explanation.step(), explanation.transition());
    if (explanation.transition().decision().reasoning() instanceof Evaluated evaluated) {
      json.writeArrayFieldStart("workings");
      for (MetricEvaluation evaluation : evaluated.metrics()) {
        writeWorkings(evaluation);
      }
      json.writeEndArray();
      if (evaluated.normalization().isPresent()) {
        writeNormalization(evaluated.normalization().get());
      }
    }
    json.writeObjectFieldStart("state");
    new StateWriter(json).write(explanation.transition().state());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeWorkings(MetricEvaluation evaluation) throws IOException {
    json.writeStartObject();
    if (evaluation instanceof MetricEvaluation.Proposed proposed) {
      Workings workings = proposed.workings();
      json.writeStringField("rule", workings.rule().name());
      writeRatio("ratio", workings.ratio());
      if (workings.assumedRatio().isPresent()) {
        writeRatio("assumedRatio", workings.assumedRatio().getAsDouble());
      }
      if (workings.multiplier() > 0) {
        json.writeNumberField("multiplier", workings.multiplier());
      }
      if (workings.pods().isPresent()) {
        writePods(workings.pods().get());
      }
    }
    json.writeEndObject();
  }

  /** JSON has no infinity and no NaN, which a count of zero replicas can lead to. */
  private void writeRatio(String field, double ratio) throws IOException {
    if (Double.isFinite(ratio)) {
      json.writeNumberField(field, ratio);
    } else {
      json.writeNullField(field);
    }
  }

  private void writePods(PodCounts pods) throws IOException {
    json.writeObjectFieldStart("pods");
    json.writeNumberField("ready", pods.ready());
    json.writeNumberField("unready", pods.unready());
    json.writeNumberField("missing", pods.missing());
    json.writeNumberField("ignored", pods.ignored());
    json.writeNumberField("unlisted", pods.unlisted());
    json.writeEndObject();
  }

  private void writeNormalization(Normalization normalization) throws IOException {
    json.writeObjectFieldStart("normalization");
    json.writeNumberField("desired", normalization.desired());
    json.writeNumberField("stabilized", normalization.stabilized());
    json.writeStringField("stabilization", normalization.stabilization().reason());
    json.writeNumberField("result", normalization.result());
    json.writeStringField("limit", normalization.limit().reason());
    json.writeEndObject();
  }
}
