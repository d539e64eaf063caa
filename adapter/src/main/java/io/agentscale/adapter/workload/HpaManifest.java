// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.workload.Autoscaler.Condition;
import io.agentscale.adapter.workload.Autoscaler.Metric;
import io.agentscale.adapter.workload.Autoscaler.Observed;
import io.agentscale.core.metric.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads HorizontalPodAutoscalers, of autoscaling/v2 and, in manifests, v1. */
public final class HpaManifest {
  private HpaManifest() {}

  /**
   * Reads an object.
   *
   * @param defaultNamespace where the object names none
   * @throws MalformedObjectException naming the field
   */
  public static Autoscaler read(JsonNode object, String defaultNamespace) {
    Fields fields = Fields.of(object);
    Fields spec = fields.section("spec");
    OptionalInt max = spec.count("maxReplicas");
    if (max.isEmpty()) {
      throw new MalformedObjectException("spec.maxReplicas", "must be given");
    }
    Fields up = spec.section("behavior").section("scaleUp");
    return new Autoscaler(
        fields.id(defaultNamespace),
        spec.target("scaleTargetRef"),
        spec.count("minReplicas").orElse(1),
        max.getAsInt(),
        metrics(spec),
        owner(fields.section("metadata")),
        up.text("selectPolicy").filter("Disabled"::equals).stream()
            .map(_ -> "spec.behavior.scaleUp.selectPolicy is Disabled")
            .toList(),
        up.text("tolerance").map(HpaManifest::ratio),
        observed(fields.section("status")));
  }

  private static Double ratio(String quantity) {
    try {
      return Quantity.parse(quantity).doubleValue();
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          "spec.behavior.scaleUp.tolerance", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> owner(Fields metadata) {
    return metadata.items("ownerReferences").stream()
        .filter(owner -> owner.text("kind").filter(Autoscaler.SCALED_OBJECT::equals).isPresent())
        .map(owner -> owner.required("name"))
        .findFirst();
  }

  private static List<Metric> metrics(Fields spec) {
    List<Metric> metrics = new ArrayList<>();
    spec.text("targetCPUUtilizationPercentage")
        .ifPresent(
            percent ->
                metrics.add(
                    new Metric(
                        "spec.targetCPUUtilizationPercentage",
                        "Resource",
                        "cpu",
                        Map.of(),
                        "Utilization",
                        Optional.of(percent))));
    spec.items("metrics").forEach(metric -> metrics.add(metric(metric)));
    return metrics;
  }

  private static Metric metric(Fields metric) {
    String type = metric.required("type");
    String key = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    Fields source = metric.section(key);
    Fields named = type.endsWith("Resource") ? source : source.section("metric");
    Fields target = source.section("target");
    String targetType = target.text("type").orElse("");
    String value =
        switch (targetType) {
          case "Utilization" -> "averageUtilization";
          case "Value" -> "value";
          default -> "averageValue";
        };
    return new Metric(
        source.path(),
        type,
        named.required("name"),
        type.endsWith("Resource") ? Map.of() : named.section("selector").texts("matchLabels"),
        targetType,
        target.text(value));
  }

  private static Optional<Observed> observed(Fields status) {
    return status.isGiven()
        ? Optional.of(
            new Observed(
                status.count("currentReplicas"),
                status.count("desiredReplicas"),
                status.time("lastScaleTime"),
                conditions(status)))
        : Optional.empty();
  }

  static List<Condition> conditions(Fields status) {
    return status.items("conditions").stream()
        .map(
            condition ->
                new Condition(
                    condition.required("type"),
                    condition.required("status"),
                    condition.text("reason").orElse(""),
                    condition.text("message").orElse(""),
                    condition.time("lastTransitionTime")))
        .toList();
  }
}
