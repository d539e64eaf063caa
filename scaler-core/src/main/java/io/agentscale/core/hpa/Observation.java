// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one reconciliation sees of the cluster.
 *
 * @param scale the target's scale subresource
 * @param pods of the namespace; those that the scale's selector matches count
 * @param metrics one answer a metric of the spec, in its order; where the list is shorter, answers
 *     were empty
 * @param otherSelectors the last known selector of each other HPA of the namespace, by its name
 * @param writes how the reconciliation's writes end
 */
public record Observation(
    ScaleReading scale,
    List<PodGroup> pods,
    List<MetricReading> metrics,
    Map<String, LabelSelector> otherSelectors,
    Writes writes) {

  /**
   * How the writes of a reconciliation end.
   *
   * @param scaleError why the new replicas could not be written
   * @param statusError why the status could not be stored
   */
  public record Writes(Optional<String> scaleError, Optional<String> statusError) {
    public static final Writes SUCCEED = new Writes(Optional.empty(), Optional.empty());
  }

  public Observation {
    pods = List.copyOf(pods);
    metrics = List.copyOf(metrics);
  }

  public Observation(ScaleReading scale, List<PodGroup> pods, List<MetricReading> metrics) {
    this(scale, pods, metrics, Map.of(), Writes.SUCCEED);
  }

  MetricReading metric(int index) {
    return index < metrics.size() ? metrics.get(index) : MetricReading.Empty.ANSWER;
  }
}
