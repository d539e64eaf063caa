// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.provider.ObjectReference;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The values of a metric for objects, in either version of {@code custom.metrics.k8s.io}.
 *
 * @param version of the document
 * @param metric asked for
 * @param selector on the series behind it
 * @param items one an object
 */
public record MetricValueList(
    Version version, String metric, SelectorEcho selector, List<ObjectMetricValue> items)
    implements Document {

  /** The versions of the document. */
  public enum Version {
    V1BETA1("v1beta1"),
    V1BETA2("v1beta2");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    ListHead.write(json, "MetricValueList", "custom.metrics.k8s.io/" + version.text());
    for (ObjectMetricValue item : items) {
      json.writeStartObject();
      writeObject(json, item.object());
      switch (version) {
        case V1BETA1 -> writeItemV1beta1(json, item);
        case V1BETA2 -> writeItemV1beta2(json, item);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeObject(JsonGenerator json, ObjectReference object) throws IOException {
    json.writeObjectFieldStart("describedObject");
    json.writeStringField("kind", object.kind());
    if (object.namespace().isPresent()) {
      json.writeStringField("namespace", object.namespace().get());
    }
    json.writeStringField("name", object.name());
    json.writeStringField("apiVersion", object.apiVersion());
    json.writeEndObject();
  }

  private void writeItemV1beta1(JsonGenerator json, ObjectMetricValue item) throws IOException {
    json.writeStringField("metricName", metric);
    json.writeStringField("timestamp", timestamp(item));
    if (item.window().isPresent()) {
      json.writeNumberField("window", item.window().get().toSeconds());
    }
    json.writeStringField("value", item.value().toString());
    json.writeFieldName("selector");
    selector.writeJson(json);
  }

  private void writeItemV1beta2(JsonGenerator json, ObjectMetricValue item) throws IOException {
    json.writeObjectFieldStart("metric");
    json.writeStringField("name", metric);
    json.writeFieldName("selector");
    selector.writeJson(json);
    json.writeEndObject();
    json.writeStringField("timestamp", timestamp(item));
    if (item.window().isPresent()) {
      json.writeNumberField("windowSeconds", item.window().get().toSeconds());
    }
    json.writeStringField("value", item.value().toString());
  }

  private static String timestamp(ObjectMetricValue item) {
    return item.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
