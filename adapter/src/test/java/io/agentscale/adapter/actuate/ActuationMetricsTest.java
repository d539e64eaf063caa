// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import org.junit.jupiter.api.Test;

/** Whoever lets a service change a cluster must be able to count what it changed. */
final class ActuationMetricsTest {
  @Test
  void figures_areExported() {
    CollectorRegistry registry = new CollectorRegistry();
    new ActuationMetrics(() -> new ClusterActuator.Figures(7, 3, 2, 5)).register(registry);

    assertThat(registry.getSampleValue("agentscale_actuation_changes_total")).isEqualTo(7);
    assertThat(registry.getSampleValue("agentscale_actuation_failures_total")).isEqualTo(3);
    assertThat(registry.getSampleValue("agentscale_actuation_held_autoscalers")).isEqualTo(2);
    assertThat(registry.getSampleValue("agentscale_actuation_protected_pods")).isEqualTo(5);
  }
}
