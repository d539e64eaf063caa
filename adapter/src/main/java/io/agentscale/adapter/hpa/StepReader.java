// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.adapter.hpa.InputNode.Kind;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.Observation.Writes;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.hpa.PodGroup.Phase;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.core.hpa.TargetSelector;
import io.agentscale.core.metric.LabelSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a scenario. */
final class StepReader {
  private static final Set<String> FIELDS =
      Set.of(
          "t",
          "replicas",
          "statusReplicas",
          "pods",
          "metrics",
          "spec",
          "selector",
          "scaleGetError",
          "scaleUpdateError",
          "statusUpdateError",
          "restart");
  private static final TargetSelector DEFAULT_SELECTOR = TargetSelector.parse("app=web");

  private final PodReader podReader;
  private final Map<String, LabelSelector> otherSelectors;
  private final Set<String> fields;

  StepReader(List<Container> containers, Map<String, LabelSelector> otherSelectors) {
    this(containers, otherSelectors, Set.of());
  }

  /**
   * Reads steps that may have more fields.
   *
   * @param more fields the caller reads
   */
  StepReader(
      List<Container> containers, Map<String, LabelSelector> otherSelectors, Set<String> more) {
    fields = new HashSet<>(FIELDS);
    fields.addAll(more);
    podReader = new PodReader(containers);
    this.otherSelectors = otherSelectors;
  }

  /**
   * Reads a step.
   *
   * @param spec in force at it
   * @param carriedReplicas what the previous step left
   */
  Step read(InputNode node, HpaSpec spec, int carriedReplicas) {
    node.allowOnly(fields);
    long micros = node.get("t").map(InputNode::asMicros).orElse(0L);
    int replicas = node.intOf("replicas", carriedReplicas);
    List<InputNode> metrics = node.itemsOf("metrics");
    if (metrics.size() > spec.metrics().size()) {
      throw node.require("metrics")
          .error(
              "must have no more items than the spec has metrics ("
                  + spec.metrics().size()
                  + "), was: "
                  + metrics.size());
    }
    List<PodGroup> pods = pods(node, replicas, speakOfSinglePods(metrics, spec.metrics()));
    int statusReplicas = node.intOf("statusReplicas", present(pods));
    var observation =
        new Observation(
            scale(node, replicas, statusReplicas),
            pods,
            readings(metrics, spec.metrics(), new MetricReadingReader(pods, micros)),
            otherSelectors,
            writes(node));
    return new Step(spec, micros, replicas, statusReplicas, count(pods), observation);
  }

  private static boolean speakOfSinglePods(List<InputNode> metrics, List<MetricSpec> specs) {
    for (int i = 0; i < metrics.size(); i++) {
      if (MetricReadingReader.speaksOfSinglePods(metrics.get(i), specs.get(i).source())) {
        return true;
      }
    }
    return false;
  }

  private List<PodGroup> pods(InputNode node, int replicas, boolean apart) {
    Optional<InputNode> pods = node.get("pods");
    if (pods.isPresent() && pods.get().kind() == Kind.LIST) {
      return podReader.read(pods.get());
    }
    int count = pods.isPresent() ? pods.get().asInt() : replicas;
    if (count < 0) {
      throw node.error("pods: must be at least 0, was: " + count);
    }
    return apart ? podReader.apart(count) : podReader.alike(count);
  }

  private static int present(List<PodGroup> pods) {
    int present = 0;
    for (PodGroup pod : pods) {
      boolean gone = pod.deleted() || pod.phase() == Phase.FAILED || pod.phase() == Phase.SUCCEEDED;
      present += gone ? 0 : pod.count();
    }
    return present;
  }

  private static long count(List<PodGroup> pods) {
    long count = 0;
    for (PodGroup pod : pods) {
      count += pod.count();
    }
    return count;
  }

  private static ScaleReading scale(InputNode node, int replicas, int statusReplicas) {
    Optional<InputNode> error = node.get("scaleGetError");
    if (error.isPresent()) {
      return new ScaleReading.Failed(error.get().asText());
    }
    return new ScaleReading.Scale(
        replicas,
        statusReplicas,
        node.get("selector")
            .map(selector -> TargetSelector.parse(selector.asText()))
            .orElse(DEFAULT_SELECTOR));
  }

  private static List<MetricReading> readings(
      List<InputNode> metrics, List<MetricSpec> specs, MetricReadingReader reader) {
    List<MetricReading> readings = new ArrayList<>(metrics.size());
    for (int i = 0; i < metrics.size(); i++) {
      readings.add(reader.read(metrics.get(i), specs.get(i).source()));
    }
    return readings;
  }

  private static Writes writes(InputNode node) {
    Optional<String> scaleError = node.get("scaleUpdateError").map(InputNode::asText);
    Optional<String> statusError = node.get("statusUpdateError").map(InputNode::asText);
    return scaleError.isEmpty() && statusError.isEmpty()
        ? Writes.SUCCEED
        : new Writes(scaleError, statusError);
  }
}
