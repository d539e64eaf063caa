// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The series of an external metric.
 *
 * @param metric asked for
 * @param items one a series
 */
public record ExternalMetricValueList(String metric, List<ExternalMetricValue> items)
    implements Document {

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    ListHead.write(json, "ExternalMetricValueList", "external.metrics.k8s.io/v1beta1");
    for (ExternalMetricValue item : items) {
      json.writeStartObject();
      json.writeStringField("metricName", metric);
      writeLabels(json, item);
      json.writeStringField("timestamp", item.at().truncatedTo(ChronoUnit.SECONDS).toString());
      if (item.window().isPresent()) {
        json.writeNumberField("window", item.window().get().toSeconds());
      }
      json.writeStringField("value", item.value().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeLabels(JsonGenerator json, ExternalMetricValue item) throws IOException {
    if (item.labels().isEmpty()) {
      json.writeNullField("metricLabels");
      return;
    }
    json.writeObjectFieldStart("metricLabels");
    for (Map.Entry<String, String> label : new TreeMap<>(item.labels().get()).entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
  }
}
