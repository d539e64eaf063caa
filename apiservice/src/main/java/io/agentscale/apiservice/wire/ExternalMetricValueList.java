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
    implements ApiObject {

  @Override
  public String apiVersion() {
    return "external.metrics.k8s.io/v1beta1";
  }

  @Override
  public String kind() {
    return "ExternalMetricValueList";
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    out.listMeta(1);
    for (ExternalMetricValue item : items) {
      out.message(2, nested -> writeItem(nested, item));
    }
  }

  private void writeItem(ProtobufWriter out, ExternalMetricValue item) {
    out.string(1, metric);
    new TreeMap<>(item.labels().orElse(Map.of()))
        .forEach(
            (key, value) ->
                out.message(
                    2,
                    label -> {
                      label.string(1, key);
                      label.string(2, value);
                    }));
    out.time(3, item.at());
    item.window().ifPresent(window -> out.number(4, window.toSeconds()));
    out.message(5, quantity -> quantity.string(1, item.value().toString()));
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    ListHead.write(json, this);
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
