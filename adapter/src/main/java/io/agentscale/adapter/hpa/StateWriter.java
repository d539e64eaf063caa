// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.RecommendationHistory.Recommendation;
import io.agentscale.core.hpa.ScaleEventHistory;
import io.agentscale.core.hpa.ScaleEventHistory.ScaleEvent;
import java.io.IOException;
import java.util.Optional;

/** Writes what one reconciliation leaves to the next, for {@link StateReader} to read. */
final class StateWriter {
  private final JsonGenerator json;
  private final DecisionWriter writer;

  StateWriter(JsonGenerator json) {
    this.json = json;
    writer = new DecisionWriter(json);
  }

  /** Writes the fields of a state into an object that is open. */
  void write(HpaState state) throws IOException {
    json.writeArrayFieldStart("recommendations");
    for (Recommendation recommendation : state.recommendations().entries()) {
      json.writeStartObject();
      writer.writeTime("t", Optional.of(recommendation.at()));
      json.writeNumberField("replicas", recommendation.replicas());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeEvents("scaleUps", state.scaleUps());
    writeEvents("scaleDowns", state.scaleDowns());
    json.writeObjectFieldStart("status");
    writer.writeStatus(state.status());
    json.writeEndObject();
  }

  private void writeEvents(String field, ScaleEventHistory history) throws IOException {
    json.writeArrayFieldStart(field);
    for (ScaleEvent event : history.events()) {
      json.writeStartObject();
      writer.writeTime("t", Optional.of(event.at()));
      json.writeNumberField("change", event.change());
      json.writeBooleanField("outdated", event.outdated());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
