// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.workload.Fields;
import io.agentscale.adapter.workload.MalformedObjectException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod as far as it is capacity.
 *
 * @param uid of it; a StatefulSet's pods keep their names
 * @param name of it
 * @param labels what selectors look at
 * @param owner its controller; empty for a pod of its own
 * @param created when the API server took it
 * @param readySince since when it is Ready; empty while it is not
 * @param leaving whether it is terminating or has ended: no capacity any more
 * @param restarts of its containers
 * @param unplaced the scheduler's message while no node can take it
 */
record TargetPod(
    String uid,
    String name,
    Map<String, String> labels,
    Optional<Owner> owner,
    Instant created,
    Optional<Instant> readySince,
    boolean leaving,
    int restarts,
    Optional<String> unplaced) {
  private static final List<String> ENDED = List.of("Succeeded", "Failed");
  private static final String TEMPLATE_HASH = "pod-template-hash";

  TargetPod {
    labels = Map.copyOf(labels);
  }

  /**
   * A controller.
   *
   * @param kind such as {@code ReplicaSet}
   * @param name of it
   */
  record Owner(String kind, String name) {}

  /**
   * Reads a pod.
   *
   * @throws MalformedObjectException naming the field
   */
  static TargetPod read(JsonNode object) {
    Fields fields = Fields.of(object);
    Fields metadata = fields.section("metadata");
    Fields status = fields.section("status");
    Map<String, String> labels = metadata.texts("labels");
    return new TargetPod(
        metadata.text("uid").orElse(""),
        metadata.required("name"),
        labels,
        owner(metadata, labels),
        metadata
            .time("creationTimestamp")
            .orElseThrow(
                () -> new MalformedObjectException("metadata.creationTimestamp", "must be given")),
        condition(status, "Ready", "True").flatMap(ready -> ready.time("lastTransitionTime")),
        metadata.text("deletionTimestamp").isPresent()
            || status.text("phase").filter(ENDED::contains).isPresent(),
        status.items("containerStatuses").stream()
            .mapToInt(container -> container.count("restartCount").orElse(0))
            .sum(),
        condition(status, "PodScheduled", "False")
            .filter(placed -> placed.text("reason").filter("Unschedulable"::equals).isPresent())
            .map(placed -> placed.text("message").orElse("the scheduler gives no reason")));
  }

  private static Optional<Fields> condition(Fields status, String type, String value) {
    return status.items("conditions").stream()
        .filter(condition -> condition.required("type").equals(type))
        .filter(condition -> condition.required("status").equals(value))
        .findFirst();
  }

  /**
   * A Deployment's pods are owned by one of its ReplicaSets, which is named after the Deployment and
   * the hash of the template that its pods carry as a label.
   */
  private static Optional<Owner> owner(Fields metadata, Map<String, String> labels) {
    return metadata.items("ownerReferences").stream()
        .filter(owner -> owner.node().path("controller").asBoolean())
        .map(owner -> new Owner(owner.required("kind"), owner.required("name")))
        .map(
            owner -> {
              String suffix = "-" + labels.getOrDefault(TEMPLATE_HASH, "");
              return suffix.length() > 1
                      && owner.kind.equals("ReplicaSet")
                      && owner.name.endsWith(suffix)
                  ? new Owner(
                      "Deployment",
                      owner.name.substring(0, owner.name.length() - suffix.length()))
                  : owner;
            })
        .findFirst();
  }

  boolean isReady() {
    return readySince.isPresent();
  }
}
