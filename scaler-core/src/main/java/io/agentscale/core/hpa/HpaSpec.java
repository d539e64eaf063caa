// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import java.util.List;
import java.util.Optional;

/**
 * A HorizontalPodAutoscaler after the API server has filled in its defaults.
 *
 * @param namespace of the HPA and its target
 * @param name of the HPA
 * @param target what it scales
 * @param minReplicas the least it will ask for
 * @param maxReplicas the most it will ask for
 * @param metrics in the order written, which decides ties; none stands for {@link #DEFAULT_METRICS}
 * @param behavior absent selects the older rules, which are not those of an empty one
 */
public record HpaSpec(
    String namespace,
    String name,
    ScaleTarget target,
    int minReplicas,
    int maxReplicas,
    List<MetricSpec> metrics,
    Optional<Behavior> behavior) {
  /** What {@code minReplicas} is where it is not written. */
  public static final int DEFAULT_MIN_REPLICAS = 1;

  /** CPU at 80 % of its request, the metric of an HPA that names none. */
  public static final List<MetricSpec> DEFAULT_METRICS =
      List.of(new MetricSpec(new ResourceMetric("cpu"), MetricTarget.averageUtilization(80)));

  public HpaSpec {
    metrics = metrics.isEmpty() ? DEFAULT_METRICS : List.copyOf(metrics);
  }
}
