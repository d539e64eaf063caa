// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.metric.Quantity;
import java.util.List;
import java.util.Optional;

/** HPAs for tests. */
public final class Hpas {
  private Hpas() {}

  public static MetricSpec cpu(int percent) {
    return new MetricSpec(
        new MetricSource.ResourceMetric("cpu"), MetricTarget.averageUtilization(percent));
  }

  public static MetricSpec pods(String name, long average) {
    return new MetricSpec(
        new MetricSource.PodsMetric(new MetricIdentifier(name, Optional.empty())),
        MetricTarget.averageValue(Quantity.of(average)));
  }

  public static MetricSpec external(String name, long average) {
    return new MetricSpec(
        new MetricSource.ExternalMetric(new MetricIdentifier(name, Optional.empty())),
        MetricTarget.averageValue(Quantity.of(average)));
  }

  public static HpaSpec spec(int min, int max, MetricSpec... metrics) {
    return new HpaSpec(
        "default",
        "hpa",
        new ScaleTarget("apps/v1", "Deployment", "web"),
        min,
        max,
        List.of(metrics),
        Optional.empty());
  }
}
