// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.adapter.hpa.ScaledObject.Fallback;
import io.agentscale.core.hpa.Behavior;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.ScaleTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a ScaledObject, and the HorizontalPodAutoscaler that KEDA makes of it.
 *
 * @param dialect by whose rules that must be valid
 * @param triggers reads its triggers
 */
record ScaledObjectReader(Dialect dialect, TriggerSection triggers) {
  static final String KIND = "ScaledObject";

  private static final String API_VERSION = "keda.sh/v1alpha1";
  private static final String PAUSED = "autoscaling.keda.sh/paused";
  private static final Set<String> FIELDS =
      Set.of(
          "scaleTargetRef",
          "pollingInterval",
          "cooldownPeriod",
          "initialCooldownPeriod",
          "idleReplicaCount",
          "minReplicaCount",
          "maxReplicaCount",
          "fallback",
          "advanced",
          "triggers");
  private static final Set<String> TARGET_FIELDS =
      Set.of("apiVersion", "kind", "name", "envSourceContainerName");
  private static final Set<String> ADVANCED_FIELDS =
      Set.of("restoreToOriginalReplicaCount", "horizontalPodAutoscalerConfig");
  private static final Set<String> FALLBACK_FIELDS =
      Set.of("failureThreshold", "replicas", "behavior");

  ScaledObject read(InputNode manifest) {
    manifest.allowOnly(Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    InputNode version = manifest.require("apiVersion");
    if (!version.asText().equals(API_VERSION)) {
      throw version.error("must be " + API_VERSION + ", was: " + version.asText());
    }
    InputNode metadata = manifest.require("metadata");
    refusePaused(metadata);
    InputNode spec = manifest.require("spec");
    spec.allowOnly(FIELDS);
    int least = count(spec, "minReplicaCount", 0);
    List<TriggerSection.Read> read =
        triggers.read(spec.require("triggers"), metadata.textOf("namespace", "default"));
    HpaSpec hpa = hpa(metadata, spec, least, read);
    requireValid(hpa, spec);
    requireWakeable(spec, least, read);
    return new ScaledObject(
        hpa,
        seconds(spec, "pollingInterval", 30, 1),
        seconds(spec, "cooldownPeriod", 300, 0),
        seconds(spec, "initialCooldownPeriod", 0, 0),
        least,
        idle(spec, least),
        spec.get("fallback").map(ScaledObjectReader::fallback),
        read.stream().map(TriggerSection.Read::trigger).toList());
  }

  private static void refusePaused(InputNode metadata) {
    metadata.get("annotations").map(InputNode::fields).orElse(List.of()).stream()
        .filter(field -> field.name().startsWith(PAUSED))
        .filter(field -> !field.asWritten().equalsIgnoreCase("false"))
        .findFirst()
        .ifPresent(
            field -> {
              throw field.error("must be absent, since a paused ScaledObject scales nothing");
            });
  }

  private static int count(InputNode spec, String field, int absent) {
    Optional<InputNode> written = spec.get(field);
    int count = written.map(InputNode::asInt).orElse(absent);
    if (count < 0) {
      throw written.orElse(spec).error("must be at least 0, was: " + count);
    }
    return count;
  }

  private static Duration seconds(InputNode spec, String field, int absent, int least) {
    Optional<InputNode> written = spec.get(field);
    int seconds = written.map(InputNode::asInt).orElse(absent);
    if (seconds < least) {
      throw written
          .orElse(spec)
          .error("must be at least %d seconds, was: %d".formatted(least, seconds));
    }
    return Duration.ofSeconds(seconds);
  }

  private static OptionalInt idle(InputNode spec, int least) {
    Optional<InputNode> written = spec.get("idleReplicaCount");
    if (written.isEmpty()) {
      return OptionalInt.empty();
    }
    int idle = written.get().asInt();
    if (idle != 0 || least == 0) {
      throw written
          .get()
          .error(
              "must be 0 and below minReplicaCount %d, as KEDA has it, was: %d"
                  .formatted(least, idle));
    }
    return OptionalInt.of(idle);
  }

  private static Fallback fallback(InputNode written) {
    written.allowOnly(FALLBACK_FIELDS);
    written.require("failureThreshold");
    written.require("replicas");
    return new Fallback(
        count(written, "failureThreshold", 0),
        count(written, "replicas", 0),
        written.get("behavior").map(ScaledObjectReader::behavior).orElse(Fallback.Behavior.STATIC));
  }

  private static Fallback.Behavior behavior(InputNode node) {
    return Arrays.stream(Fallback.Behavior.values())
        .filter(each -> each.text().equals(node.asText()))
        .findFirst()
        .orElseThrow(
            () ->
                node.error(
                    "must be one of %s, was: %s"
                        .formatted(
                            Arrays.stream(Fallback.Behavior.values())
                                .map(Fallback.Behavior::text)
                                .collect(Collectors.joining(", ")),
                            node.asText())));
  }

  /** KEDA makes one of at least a replica: no replica is its own affair. */
  private static HpaSpec hpa(
      InputNode metadata, InputNode spec, int least, List<TriggerSection.Read> read) {
    InputNode target = spec.require("scaleTargetRef");
    target.allowOnly(TARGET_FIELDS);
    Optional<InputNode> advanced = spec.get("advanced");
    advanced.ifPresent(node -> node.allowOnly(ADVANCED_FIELDS));
    Optional<InputNode> config =
        advanced.flatMap(node -> node.get("horizontalPodAutoscalerConfig"));
    config.ifPresent(node -> node.allowOnly(Set.of("name", "behavior")));
    Optional<Behavior> behavior =
        config.flatMap(node -> node.get("behavior")).map(HpaSpecReader.STRICT::behavior);
    return new HpaSpec(
        metadata.textOf("namespace", "default"),
        "keda-hpa-" + metadata.require("name").asText(),
        new ScaleTarget(
            target.textOf("apiVersion", "apps/v1"),
            target.textOf("kind", "Deployment"),
            target.require("name").asText()),
        Math.max(1, least),
        count(spec, "maxReplicaCount", 100),
        new ArrayList<>(read.stream().map(TriggerSection.Read::metric).toList()),
        behavior);
  }

  private void requireValid(HpaSpec hpa, InputNode spec) {
    ScenarioReader.requireValid(
        hpa,
        spec,
        dialect,
        field ->
            field
                .replace("minReplicas", "minReplicaCount")
                .replace("maxReplicas", "maxReplicaCount")
                .replace("behavior", "advanced.horizontalPodAutoscalerConfig.behavior"));
  }

  /** As KEDA's webhook does: nothing but a pod has a CPU to look at. */
  private static void requireWakeable(InputNode spec, int least, List<TriggerSection.Read> read) {
    boolean onlyResources =
        read.stream()
            .allMatch(each -> each.trigger().source() instanceof ScaledObject.Source.Resource);
    if (onlyResources && least == 0) {
      throw spec.find("minReplicaCount")
          .orElse(spec)
          .error(
              "minReplicaCount: must be at least 1 where all triggers are cpu or memory,"
                  + " which wake nothing, was: 0");
    }
  }
}
