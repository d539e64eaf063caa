// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.wire.Document;
import java.io.IOException;

/**
 * The document of one group and version: what can be asked for.
 *
 * @param group served
 * @param version of the group
 * @param catalog the metrics
 */
public record ApiResourceList(ServedGroup group, String version, MetricCatalog catalog)
    implements Document {

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", "APIResourceList");
    json.writeStringField("apiVersion", "v1");
    json.writeStringField("groupVersion", group.name() + "/" + version);
    json.writeArrayFieldStart("resources");
    if (group.equals(ServedGroup.CUSTOM)) {
      for (ObjectMetric metric : catalog.objectMetrics()) {
        String name = metric.resource() + "/" + metric.name();
        writeResource(json, name, metric.namespaced(), "MetricValueList");
      }
    } else {
      for (String metric : catalog.externalMetrics()) {
        writeResource(json, metric, true, "ExternalMetricValueList");
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeResource(
      JsonGenerator json, String name, boolean namespaced, String kind) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("singularName", "");
    json.writeBooleanField("namespaced", namespaced);
    json.writeStringField("kind", kind);
    json.writeArrayFieldStart("verbs");
    json.writeString("get");
    json.writeEndArray();
    json.writeEndObject();
  }
}
