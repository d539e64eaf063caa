// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.util.List;

/**
 * The metrics that can be asked for.
 *
 * @param objectMetrics each metric with the kind of object it describes, in a stable order
 * @param externalMetrics names of external metrics, in a stable order
 */
public record MetricCatalog(List<ObjectMetric> objectMetrics, List<String> externalMetrics) {

  /**
   * A metric of one kind of object.
   *
   * @param resource the kind, such as {@code pods} or {@code deployments.apps}
   * @param namespaced whether its objects live in a namespace
   * @param name the metric's name
   */
  public record ObjectMetric(GroupResource resource, boolean namespaced, String name) {}

  public MetricCatalog {
    objectMetrics = List.copyOf(objectMetrics);
    externalMetrics = List.copyOf(externalMetrics);
  }
}
