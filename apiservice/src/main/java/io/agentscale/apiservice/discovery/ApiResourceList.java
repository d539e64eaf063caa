// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import io.agentscale.apiservice.wire.ApiObject;
import io.agentscale.apiservice.wire.ProtobufWriter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The document of one group and version: what can be asked for.
 *
 * @param group served
 * @param version of the group
 * @param catalog the metrics
 */
public record ApiResourceList(ServedGroup group, String version, MetricCatalog catalog)
    implements ApiObject {

  /** One line of the document. */
  private record Resource(String name, boolean namespaced, String kind, List<String> verbs) {}

  private static final List<String> GET = List.of("get");
  private static final List<String> GET_LIST = List.of("get", "list");

  @Override
  public String apiVersion() {
    return "v1";
  }

  @Override
  public String kind() {
    return "APIResourceList";
  }

  private List<Resource> resources() {
    if (group.equals(ServedGroup.RESOURCE)) {
      return Stream.of(Kind.NODES, Kind.PODS)
          .map(kind -> new Resource(kind.resource(), kind == Kind.PODS, kind.document(), GET_LIST))
          .toList();
    }
    if (group.equals(ServedGroup.CUSTOM)) {
      return catalog.objectMetrics().stream().map(ApiResourceList::resource).toList();
    }
    return catalog.externalMetrics().stream()
        .map(metric -> new Resource(metric, true, "ExternalMetricValueList", GET))
        .toList();
  }

  private static Resource resource(ObjectMetric metric) {
    return new Resource(
        metric.resource() + "/" + metric.name(), metric.namespaced(), "MetricValueList", GET);
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    out.string(1, group.name() + "/" + version);
    for (Resource resource : resources()) {
      out.message(2, nested -> writeResource(nested, resource));
    }
  }

  private static void writeResource(ProtobufWriter out, Resource resource) {
    out.string(1, resource.name());
    out.number(2, resource.namespaced() ? 1 : 0);
    out.string(3, resource.kind());
    out.message(4, verbs -> resource.verbs().forEach(verb -> verbs.string(1, verb)));
    out.string(6, "");
    out.string(8, "");
    out.string(9, "");
    out.string(10, "");
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", kind());
    json.writeStringField("apiVersion", apiVersion());
    json.writeStringField("groupVersion", group.name() + "/" + version);
    json.writeArrayFieldStart("resources");
    for (Resource resource : resources()) {
      json.writeStartObject();
      json.writeStringField("name", resource.name());
      json.writeStringField("singularName", "");
      json.writeBooleanField("namespaced", resource.namespaced());
      json.writeStringField("kind", resource.kind());
      json.writeArrayFieldStart("verbs");
      for (String verb : resource.verbs()) {
        json.writeString(verb);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
