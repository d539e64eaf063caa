// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.Condition;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.HpaStatus;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSource.DescribedObject;
import io.agentscale.core.hpa.MetricSource.ObjectMetric;
import io.agentscale.core.hpa.MetricStatus;
import io.agentscale.core.hpa.RecommendationHistory;
import io.agentscale.core.hpa.RecommendationHistory.Recommendation;
import io.agentscale.core.hpa.ScaleEventHistory;
import io.agentscale.core.hpa.ScaleEventHistory.ScaleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what earlier reconciliations left, as {@link StateWriter} writes it; whatever is not there
 * is as a controller finds it that has just started.
 *
 * @param spec whose metrics the status is about
 */
record StateReader(HpaSpec spec) {
  private static final Set<String> FIELDS =
      Set.of("recommendations", "scaleUps", "scaleDowns", "status");
  private static final Set<String> STATUS_FIELDS =
      Set.of("currentReplicas", "desiredReplicas", "lastScaleTime", "metrics", "conditions");
  private static final Set<String> METRIC_FIELDS =
      Set.of("type", "value", "averageValue", "averageUtilization");
  private static final Set<String> CONDITION_FIELDS =
      Set.of("type", "status", "reason", "message", "since");

  HpaState read(InputNode state) {
    state.allowOnly(FIELDS);
    return new HpaState(
        RecommendationHistory.of(
            state.itemsOf("recommendations").stream().map(StateReader::recommendation).toList()),
        events(state.itemsOf("scaleUps")),
        events(state.itemsOf("scaleDowns")),
        state.get("status").map(this::status).orElse(HpaState.INITIAL.status()));
  }

  private static Recommendation recommendation(InputNode node) {
    node.allowOnly(Set.of("t", "replicas"));
    return new Recommendation(
        node.require("replicas").asInt(), Times.instant(node.require("t").asMicros()));
  }

  private static ScaleEventHistory events(List<InputNode> nodes) {
    return new ScaleEventHistory(nodes.stream().map(StateReader::event).toList());
  }

  private static ScaleEvent event(InputNode node) {
    node.allowOnly(Set.of("t", "change", "outdated"));
    return new ScaleEvent(
        node.require("change").asInt(),
        Times.instant(node.require("t").asMicros()),
        node.booleanOf("outdated", false));
  }

  private HpaStatus status(InputNode node) {
    node.allowOnly(STATUS_FIELDS);
    List<InputNode> metrics = node.itemsOf("metrics");
    List<MetricStatus> statuses = new ArrayList<>(metrics.size());
    for (int i = 0; i < metrics.size(); i++) {
      statuses.add(metric(metrics.get(i), i));
    }
    return new HpaStatus(
        node.intOf("currentReplicas", 0),
        node.intOf("desiredReplicas", 0),
        time(node, "lastScaleTime"),
        statuses,
        node.itemsOf("conditions").stream().map(StateReader::condition).toList());
  }

  private MetricStatus metric(InputNode node, int index) {
    node.allowOnly(METRIC_FIELDS);
    String type = node.require("type").asText();
    if (type.isEmpty()) {
      return MetricStatus.Unknown.ENTRY;
    }
    OptionalLong average = amount(node, "averageValue");
    if (index >= spec.metrics().size() || !spec.metrics().get(index).source().type().equals(type)) {
      throw node.error("type: must be that of the spec's metric, was: " + type);
    }
    Optional<InputNode> utilization = node.get("averageUtilization");
    return new MetricStatus.Reported(
        reported(spec.metrics().get(index).source(), average.isPresent()),
        new MetricStatus.Current(
            amount(node, "value"),
            average,
            utilization.isPresent()
                ? OptionalInt.of(utilization.get().asInt())
                : OptionalInt.empty()));
  }

  /** An average over an object's replicas is reported without the object. */
  private static MetricSource reported(MetricSource source, boolean average) {
    return average && source instanceof ObjectMetric object
        ? new ObjectMetric(DescribedObject.OMITTED, object.metric())
        : source;
  }

  private static OptionalLong amount(InputNode node, String field) {
    Optional<InputNode> amount = node.get(field);
    return amount.isPresent() ? OptionalLong.of(amount.get().asLong()) : OptionalLong.empty();
  }

  private static Condition condition(InputNode node) {
    node.allowOnly(CONDITION_FIELDS);
    return new Condition(
        node.textOf("type", ""),
        node.textOf("status", ""),
        node.textOf("reason", ""),
        node.textOf("message", ""),
        time(node, "since"));
  }

  private static Optional<Instant> time(InputNode node, String field) {
    return node.get(field).map(time -> Times.instant(time.asMicros()));
  }
}
