// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import io.agentscale.apiservice.wire.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything served, in one document: {@code APIGroupDiscoveryList}. Metrics of objects are
 * subresources of the objects' kind, which itself is not served here.
 *
 * <p>{@code kubectl api-resources} prints no subresources. So that it shows what there is, each of
 * these metrics is also a resource of its own, once for all kinds. It offers nothing but the verb
 * get, so that nobody who looks for what can be listed, watched or deleted takes it for that.
 *
 * @param version of the document, {@code v2} or {@code v2beta1}; they differ in nothing else
 * @param groups served
 * @param catalog the metrics
 */
public record AggregatedDiscovery(String version, List<ServedGroup> groups, MetricCatalog catalog)
    implements Document {

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", "APIGroupDiscoveryList");
    json.writeStringField("apiVersion", "apidiscovery.k8s.io/" + version);
    json.writeObjectFieldStart("metadata");
    json.writeEndObject();
    json.writeArrayFieldStart("items");
    for (ServedGroup group : groups) {
      writeGroup(json, group);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeGroup(JsonGenerator json, ServedGroup group) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("metadata");
    json.writeStringField("name", group.name());
    json.writeNullField("creationTimestamp");
    json.writeEndObject();
    json.writeArrayFieldStart("versions");
    for (String groupVersion : group.versions()) {
      json.writeStartObject();
      json.writeStringField("version", groupVersion);
      json.writeArrayFieldStart("resources");
      if (group.equals(ServedGroup.CUSTOM)) {
        writeObjectMetrics(json);
      } else if (group.equals(ServedGroup.RESOURCE)) {
        writeUsages(json);
      } else {
        writeExternalMetrics(json);
      }
      json.writeEndArray();
      json.writeStringField("freshness", "Current");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeObjectMetrics(JsonGenerator json) throws IOException {
    for (Map.Entry<GroupResource, List<ObjectMetric>> entry : byResource().entrySet()) {
      json.writeStartObject();
      json.writeStringField("resource", entry.getKey().toString());
      writeResponseKind(json, "");
      writeScope(json, entry.getValue().getFirst().namespaced());
      json.writeNullField("verbs");
      json.writeArrayFieldStart("subresources");
      for (ObjectMetric metric : entry.getValue()) {
        json.writeStartObject();
        json.writeStringField("subresource", metric.name());
        writeResponseKind(json, "MetricValueList");
        writeVerbs(json, "get");
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    for (Map.Entry<String, Boolean> metric : shown().entrySet()) {
      writeMetric(json, metric.getKey(), "MetricValueList", metric.getValue());
    }
  }

  /** Returns the metrics by name, and whether any of the objects they describe has a namespace. */
  private Map<String, Boolean> shown() {
    Map<String, Boolean> shown = new TreeMap<>();
    for (ObjectMetric metric : catalog.objectMetrics()) {
      shown.merge(metric.name(), metric.namespaced(), Boolean::logicalOr);
    }
    // Two resources of one name would make the document ambiguous.
    byResource().keySet().forEach(resource -> shown.remove(resource.toString()));
    return shown;
  }

  private static void writeMetric(JsonGenerator json, String name, String kind, boolean namespaced)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("resource", name);
    writeResponseKind(json, kind);
    writeScope(json, namespaced);
    writeVerbs(json, "get");
    json.writeEndObject();
  }

  /** Readers refuse a resource with two scopes: its first metric decides for all. */
  private Map<GroupResource, List<ObjectMetric>> byResource() {
    Map<GroupResource, List<ObjectMetric>> byResource = new LinkedHashMap<>();
    for (ObjectMetric metric : catalog.objectMetrics()) {
      byResource.computeIfAbsent(metric.resource(), _ -> new ArrayList<>()).add(metric);
    }
    return byResource;
  }

  private void writeExternalMetrics(JsonGenerator json) throws IOException {
    for (String metric : catalog.externalMetrics()) {
      writeMetric(json, metric, "ExternalMetricValueList", true);
    }
  }

  private static void writeUsages(JsonGenerator json) throws IOException {
    for (Kind kind : List.of(Kind.NODES, Kind.PODS)) {
      json.writeStartObject();
      json.writeStringField("resource", kind.resource());
      writeResponseKind(json, kind.document());
      writeScope(json, kind == Kind.PODS);
      writeVerbs(json, "get", "list");
      json.writeEndObject();
    }
  }

  /** Never left out: clients of version 0.26 crash without it. */
  private static void writeResponseKind(JsonGenerator json, String kind) throws IOException {
    json.writeObjectFieldStart("responseKind");
    json.writeStringField("group", "");
    json.writeStringField("version", "");
    json.writeStringField("kind", kind);
    json.writeEndObject();
  }

  private static void writeScope(JsonGenerator json, boolean namespaced) throws IOException {
    json.writeStringField("scope", namespaced ? "Namespaced" : "Cluster");
    json.writeStringField("singularResource", "");
  }

  private static void writeVerbs(JsonGenerator json, String... verbs) throws IOException {
    json.writeArrayFieldStart("verbs");
    for (String verb : verbs) {
      json.writeString(verb);
    }
    json.writeEndArray();
  }
}
