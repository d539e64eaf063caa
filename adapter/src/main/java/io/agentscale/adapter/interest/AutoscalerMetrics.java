// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.interest;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads from a HorizontalPodAutoscaler (autoscaling/v2) which metrics it will ask for. Those of CPU
 * and memory are none of ours.
 */
final class AutoscalerMetrics {
  private AutoscalerMetrics() {}

  static Set<Interest> of(String namespace, JsonNode manifest) {
    Set<Interest> interests = new LinkedHashSet<>();
    for (JsonNode metric : manifest.path("spec").path("metrics")) {
      interest(namespace, metric).ifPresent(interests::add);
    }
    return interests;
  }

  private static Optional<Interest> interest(String namespace, JsonNode metric) {
    return switch (metric.path("type").asText()) {
      case "Pods" -> {
        JsonNode source = metric.path("pods");
        yield Optional.of(new Interest.OfPods(namespace, name(source), selector(source)));
      }
      case "Object" -> {
        JsonNode source = metric.path("object");
        JsonNode object = source.path("describedObject");
        yield Optional.of(
            new Interest.OfObject(
                namespace,
                kind(object),
                object.path("name").asText(),
                name(source),
                selector(source)));
      }
      case "External" -> {
        JsonNode source = metric.path("external");
        yield Optional.of(new Interest.External(namespace, name(source), selector(source)));
      }
      default -> Optional.empty();
    };
  }

  private static GroupResource kind(JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    int slash = apiVersion.indexOf('/');
    return new GroupResource(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        object.path("kind").asText().toLowerCase(Locale.ROOT));
  }

  private static String name(JsonNode source) {
    return source.path("metric").path("name").asText();
  }

  /** Builds the very text that the autoscaler will send, so that both are one question. */
  private static LabelSelector selector(JsonNode source) {
    JsonNode selector = source.path("metric").path("selector");
    Map<String, List<String>> byKey = new TreeMap<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> add(byKey, label.getKey(), "=" + label.getValue().asText()));
    for (JsonNode expression : selector.path("matchExpressions")) {
      add(byKey, expression.path("key").asText(), condition(expression));
    }
    List<String> requirements = new ArrayList<>();
    byKey.forEach(
        (key, conditions) ->
            conditions.forEach(
                condition ->
                    requirements.add(condition.equals("!") ? "!" + key : key + condition)));
    return LabelSelector.parse(String.join(",", requirements));
  }

  private static void add(Map<String, List<String>> byKey, String key, String condition) {
    byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(condition);
  }

  private static String condition(JsonNode expression) {
    return switch (expression.path("operator").asText()) {
      case "In" -> " in (" + values(expression) + ")";
      case "NotIn" -> " notin (" + values(expression) + ")";
      case "DoesNotExist" -> "!";
      default -> "";
    };
  }

  private static String values(JsonNode expression) {
    List<String> values = new ArrayList<>();
    expression.path("values").forEach(value -> values.add(value.asText()));
    values.sort(null);
    return String.join(",", values);
  }
}
