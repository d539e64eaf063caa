// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.hpa.PodGroup.Phase;
import io.agentscale.core.hpa.PodGroup.ReadyCondition;
import io.agentscale.core.hpa.PodGroup.ReadyCondition.Status;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the pods of a step.
 *
 * @param defaults containers of every pod that gives none itself
 */
record PodReader(List<Container> defaults) {
  static final List<Container> DEFAULT_CONTAINERS =
      List.of(
          new Container(
              "app", Map.of("cpu", Quantity.parse("1"), "memory", Quantity.parse("1Gi")), false));
  private static final Set<String> FIELDS =
      Set.of("name", "phase", "ready", "start", "readyAt", "deleted", "containers", "requests");
  private static final Map<String, String> LABELS = Map.of("app", "web");
  private static final long HOUR_BEFORE = -3_600_000_000L;

  /** Returns pods in the default condition, as one group. */
  List<PodGroup> alike(int count) {
    return count == 0
        ? List.of()
        : List.of(PodGroup.running(count, LABELS, Times.instant(HOUR_BEFORE), defaults));
  }

  /** Returns pods in the default condition, each by itself. */
  List<PodGroup> apart(int count) {
    List<PodGroup> pods = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pods.add(PodGroup.running(1, LABELS, Times.instant(HOUR_BEFORE), defaults).withName("p" + i));
    }
    return pods;
  }

  List<PodGroup> read(InputNode list) {
    List<InputNode> items = list.items();
    List<PodGroup> pods = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      pods.add(pod(items.get(i), i));
    }
    return pods;
  }

  private PodGroup pod(InputNode pod, int index) {
    pod.allowOnly(FIELDS);
    Optional<Instant> start = start(pod);
    Optional<InputNode> containers = pod.get("containers");
    return new PodGroup(
        pod.find("name").isPresent() ? pod.require("name").asText() : "p" + index,
        1,
        LABELS,
        pod.get("phase").map(PodReader::phase).orElse(Phase.RUNNING),
        pod.booleanOf("deleted", false),
        start,
        ready(pod, start),
        containers.isPresent() ? containers(containers.get()) : defaults,
        pod.get("requests").map(PodReader::requests).orElse(Map.of()));
  }

  private static Optional<Instant> start(InputNode pod) {
    Optional<InputNode> start = pod.find("start");
    if (start.isEmpty()) {
      return Optional.of(Times.instant(HOUR_BEFORE));
    }
    return start.filter(node -> !node.isNull()).map(node -> Times.instant(node.asMicros()));
  }

  private static Optional<ReadyCondition> ready(InputNode pod, Optional<Instant> start) {
    Instant since =
        pod.get("readyAt")
            .map(node -> Times.instant(node.asMicros()))
            .orElse(start.orElse(Times.instant(HOUR_BEFORE)));
    Optional<InputNode> ready = pod.find("ready");
    if (ready.isEmpty()) {
      return Optional.of(new ReadyCondition(Status.TRUE, since));
    }
    return ready
        .filter(node -> !node.isNull())
        .map(node -> new ReadyCondition(status(node), since));
  }

  private static Status status(InputNode node) {
    if (node.kind() == InputNode.Kind.TEXT) {
      if (node.asText().equals("Unknown")) {
        return Status.UNKNOWN;
      }
      throw node.error("must be true, false, \"Unknown\" or null, was: " + node.asText());
    }
    return node.asBoolean() ? Status.TRUE : Status.FALSE;
  }

  private static Phase phase(InputNode node) {
    for (Phase phase : Phase.values()) {
      if (phase.text().equals(node.asText())) {
        return phase;
      }
    }
    throw node.error(
        "must be one of Pending, Running, Succeeded, Failed, Unknown, was: " + node.asText());
  }

  static List<Container> containers(InputNode list) {
    return list.items().stream().map(PodReader::container).toList();
  }

  private static Container container(InputNode node) {
    node.allowOnly(Set.of("name", "requests", "sidecar"));
    return new Container(
        node.require("name").asText(),
        node.get("requests").map(PodReader::requests).orElse(Map.of()),
        node.booleanOf("sidecar", false));
  }

  private static Map<String, Quantity> requests(InputNode node) {
    Map<String, Quantity> requests = new HashMap<>();
    node.fields().forEach(field -> requests.put(field.name(), field.asQuantity()));
    return Map.copyOf(requests);
  }
}
