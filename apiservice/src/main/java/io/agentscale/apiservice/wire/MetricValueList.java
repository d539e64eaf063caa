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
    implements ApiObject {

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
  public String apiVersion() {
    return "custom.metrics.k8s.io/" + version.text();
  }

  @Override
  public String kind() {
    return "MetricValueList";
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    out.listMeta(1);
    for (ObjectMetricValue item : items) {
      out.message(2, nested -> writeItem(nested, item));
    }
  }

  private void writeItem(ProtobufWriter out, ObjectMetricValue item) {
    out.message(1, nested -> writeObject(nested, item.object()));
    switch (version) {
      case V1BETA1 -> out.string(2, metric);
      case V1BETA2 ->
          out.message(
              2,
              identifier -> {
                identifier.string(1, metric);
                writeSelector(identifier, 2);
              });
    }
    out.time(3, item.at());
    item.window().ifPresent(window -> out.number(4, window.toSeconds()));
    out.message(5, quantity -> quantity.string(1, item.value().toString()));
    if (version == Version.V1BETA1) {
      writeSelector(out, 6);
    }
  }

  private void writeSelector(ProtobufWriter out, int field) {
    if (!selector.isEmpty()) {
      out.message(field, selector::writeProtobuf);
    }
  }

  /**
   * Also writes what we never know of an object (uid, resource version, field), as the reference.
   */
  private static void writeObject(ProtobufWriter out, ObjectReference object) {
    out.string(1, object.kind());
    out.string(2, object.namespace().orElse(""));
    out.string(3, object.name());
    out.string(4, "");
    out.string(5, object.apiVersion());
    out.string(6, "");
    out.string(7, "");
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    ListHead.write(json, this);
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
