// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.workload.Autoscaler.Metric;
import io.agentscale.adapter.workload.Autoscaler.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads KEDA's ScaledObjects, of keda.sh/v1alpha1. */
public final class ScaledObjectManifest {
  private static final String ANNOTATIONS = "autoscaling.keda.sh/paused";
  private static final int DEFAULT_MAX = 100;
  private static final Set<String> RESOURCES = Set.of("cpu", "memory");

  private ScaledObjectManifest() {}

  /**
   * Reads an object.
   *
   * @param defaultNamespace where the object names none
   * @throws MalformedObjectException naming the field
   */
  public static Autoscaler read(JsonNode object, String defaultNamespace) {
    Fields fields = Fields.of(object);
    Fields metadata = fields.section("metadata");
    Fields spec = fields.section("spec");
    ObjectId id = fields.id(defaultNamespace);
    Fields hpa = spec.section("advanced").section("horizontalPodAutoscalerConfig");
    return new Autoscaler(
        id,
        spec.target("scaleTargetRef"),
        spec.count("minReplicaCount").orElse(0),
        spec.count("maxReplicaCount").orElse(DEFAULT_MAX),
        spec.items("triggers").stream().map(ScaledObjectManifest::metric).toList(),
        Optional.of(
            fields
                .section("status")
                .text("hpaName")
                .or(() -> hpa.text("name"))
                .orElse("keda-hpa-" + id.name())),
        pauses(metadata.texts("annotations")),
        Optional.empty(),
        observed(fields.section("status")));
  }

  private static Metric metric(Fields trigger) {
    String type = trigger.required("type");
    Map<String, String> metadata = trigger.texts("metadata");
    boolean resource = RESOURCES.contains(type);
    return new Metric(
        trigger.path(),
        resource ? "Resource" : type,
        resource ? type : trigger.text("name").orElse(type),
        metadata,
        trigger.text("metricType").orElse(resource ? "Utilization" : "AverageValue"),
        Optional.ofNullable(metadata.get("value")));
  }

  /** An annotation set to "false" pauses nothing, except that any replica count does. */
  private static List<String> pauses(Map<String, String> annotations) {
    return annotations.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(ANNOTATIONS))
        .filter(entry -> !entry.getValue().equalsIgnoreCase("false"))
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .sorted()
        .toList();
  }

  private static Optional<Observed> observed(Fields status) {
    return status.isGiven()
        ? Optional.of(
            new Observed(
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                HpaManifest.conditions(status)))
        : Optional.empty();
  }
}
