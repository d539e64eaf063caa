// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.apiservice.provider.ObjectReference;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A question for a metric of objects that are known by name.
 *
 * @param kind of the objects
 * @param namespace of the objects; absent for cluster-scoped kinds
 * @param names of the objects, at least one, in the order of the answer
 * @param metric the metric's name
 * @param metricSelector narrows the series behind the metric
 */
public record ObjectQuestion(
    ResourceKind kind,
    Optional<String> namespace,
    List<String> names,
    String metric,
    LabelSelector metricSelector) {
  public ObjectQuestion {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("names: must have at least one");
    }
  }

  /** Of the many names only the first and their number count: it is computed for every request. */
  @Override
  public int hashCode() {
    return Objects.hash(kind, namespace, names.size(), names.getFirst(), metric, metricSelector);
  }

  /** Returns the reference to one of the objects, as a value describes it. */
  public ObjectReference reference(String name) {
    return new ObjectReference(kind.apiVersion(), kind.kind(), namespace, name);
  }
}
