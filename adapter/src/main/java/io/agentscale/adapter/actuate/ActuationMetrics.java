// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.ClusterActuator.Figures;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** What was done to the cluster, as metrics of the service. */
public final class ActuationMetrics extends Collector {
  private final Supplier<Figures> figures;

  public ActuationMetrics(Supplier<Figures> figures) {
    this.figures = figures;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Figures now = figures.get();
    return List.of(
        new CounterMetricFamily(
            "agentscale_actuation_changes",
            "Changes this replica made to objects of the cluster for policies.",
            now.actions()),
        new CounterMetricFamily(
            "agentscale_actuation_failures",
            "Parts of decisions that could not be carried out; each is tried again.",
            now.failures()),
        new GaugeMetricFamily(
            "agentscale_actuation_held_autoscalers",
            "Autoscalers on which something is held for a policy.",
            now.heldAutoscalers()),
        new GaugeMetricFamily(
            "agentscale_actuation_protected_pods",
            "Pods that carry a deletion cost for their runs.",
            now.protectedPods()));
  }
}
