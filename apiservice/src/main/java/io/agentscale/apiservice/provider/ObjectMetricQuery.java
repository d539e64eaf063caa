// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import io.agentscale.core.metric.LabelSelector;
import java.util.Optional;

/**
 * A question for a metric of one or many objects.
 *
 * @param resource as the caller wrote it, possibly singular or without its group
 * @param namespace absent for cluster-scoped objects; for the kind namespaces it is absent too, and
 *     the namespace is the object
 * @param objects which objects
 * @param metric the metric's name
 * @param metricSelector narrows the series behind the metric; empty for all
 */
public record ObjectMetricQuery(
    GroupResource resource,
    Optional<String> namespace,
    Objects objects,
    String metric,
    LabelSelector metricSelector) {

  /** Which objects of the kind are asked for. */
  public sealed interface Objects {
    /** One object by name: exactly one value, or a refusal. */
    record Named(String name) implements Objects {}

    /** Every object whose labels match, {@code *} in a path. */
    record Selected(LabelSelector selector) implements Objects {}
  }
}
