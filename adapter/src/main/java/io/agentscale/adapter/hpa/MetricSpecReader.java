// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSelector;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSource.ContainerResourceMetric;
import io.agentscale.core.hpa.MetricSource.DescribedObject;
import io.agentscale.core.hpa.MetricSource.ExternalMetric;
import io.agentscale.core.hpa.MetricSource.ObjectMetric;
import io.agentscale.core.hpa.MetricSource.PodsMetric;
import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import io.agentscale.core.hpa.MetricSource.UnknownMetric;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads one entry of {@code spec.metrics}.
 *
 * @param lenient whether types the API does not know are let pass
 */
record MetricSpecReader(boolean lenient) {
  private static final Map<String, String> SOURCE_OF_TYPE =
      Map.of(
          "Resource", "resource",
          "ContainerResource", "containerResource",
          "Pods", "pods",
          "Object", "object",
          "External", "external");
  private static final Set<String> FIELDS =
      Set.of("type", "resource", "containerResource", "pods", "object", "external");
  private static final Set<String> TARGET_FIELDS =
      Set.of("type", "value", "averageValue", "averageUtilization");
  private static final MetricTarget NO_TARGET =
      new MetricTarget(
          MetricTarget.Type.UNKNOWN, Optional.empty(), Optional.empty(), OptionalInt.empty());

  MetricSpec read(InputNode metric) {
    metric.allowOnly(FIELDS);
    String type = metric.require("type").asText();
    String field = SOURCE_OF_TYPE.get(type);
    if (field == null) {
      if (lenient) {
        return new MetricSpec(new UnknownMetric(type), NO_TARGET);
      }
      throw metric
          .require("type")
          .error(
              "must be one of Resource, ContainerResource, Pods, Object, External, was: " + type);
    }
    for (InputNode other : metric.fields()) {
      if (!lenient && !other.name().equals("type") && !other.name().equals(field)) {
        throw other.error("must not be set where the type is " + type);
      }
    }
    InputNode source = metric.require(field);
    return new MetricSpec(source(type, source), target(source));
  }

  private MetricSource source(String type, InputNode source) {
    return switch (type) {
      case "Resource" -> {
        source.allowOnly(Set.of("name", "target"));
        yield new ResourceMetric(source.textOf("name", ""));
      }
      case "ContainerResource" -> {
        source.allowOnly(Set.of("name", "container", "target"));
        yield new ContainerResourceMetric(
            source.textOf("name", ""), source.textOf("container", ""));
      }
      case "Pods" -> {
        source.allowOnly(Set.of("metric", "target"));
        yield new PodsMetric(identifier(source));
      }
      case "Object" -> {
        source.allowOnly(Set.of("describedObject", "metric", "target"));
        yield new ObjectMetric(
            describedObject(source.require("describedObject")), identifier(source));
      }
      default -> {
        source.allowOnly(Set.of("metric", "target"));
        yield new ExternalMetric(identifier(source));
      }
    };
  }

  private static DescribedObject describedObject(InputNode object) {
    object.allowOnly(Set.of("apiVersion", "kind", "name"));
    return new DescribedObject(
        object.textOf("apiVersion", ""), object.textOf("kind", ""), object.textOf("name", ""));
  }

  private static MetricIdentifier identifier(InputNode source) {
    InputNode metric = source.require("metric");
    metric.allowOnly(Set.of("name", "selector"));
    return new MetricIdentifier(
        metric.textOf("name", ""), metric.get("selector").map(MetricSpecReader::selector));
  }

  private static MetricSelector selector(InputNode selector) {
    selector.allowOnly(Set.of("matchLabels", "matchExpressions"));
    Map<String, String> labels = new LinkedHashMap<>();
    selector
        .get("matchLabels")
        .map(InputNode::fields)
        .orElse(List.of())
        .forEach(label -> labels.put(label.name(), label.asText()));
    return new MetricSelector(
        labels,
        selector.itemsOf("matchExpressions").stream().map(MetricSpecReader::expression).toList());
  }

  private static MetricSelector.Expression expression(InputNode node) {
    node.allowOnly(Set.of("key", "operator", "values"));
    return new MetricSelector.Expression(
        node.textOf("key", ""),
        node.textOf("operator", ""),
        node.itemsOf("values").stream().map(InputNode::asText).toList());
  }

  private MetricTarget target(InputNode source) {
    InputNode target = source.require("target");
    target.allowOnly(TARGET_FIELDS);
    Optional<InputNode> utilization = target.get("averageUtilization");
    return new MetricTarget(
        targetType(target),
        target.get("value").map(InputNode::asQuantity),
        target.get("averageValue").map(InputNode::asQuantity),
        utilization.isPresent() ? OptionalInt.of(utilization.get().asInt()) : OptionalInt.empty());
  }

  private MetricTarget.Type targetType(InputNode target) {
    String text = target.textOf("type", "");
    for (MetricTarget.Type type : MetricTarget.Type.values()) {
      if (type != MetricTarget.Type.UNKNOWN && type.text().equals(text)) {
        return type;
      }
    }
    if (lenient) {
      return MetricTarget.Type.UNKNOWN;
    }
    throw target.error("type: must be one of Utilization, Value, AverageValue, was: " + text);
  }
}
