// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two policies must differ in prediction alone, and no answer must never read as no demand. */
final class DemoAutoscalerTest {
  private static final Instant NIGHT = Instant.parse("2026-03-02T03:00:00Z");

  private final AgentFleet fleet =
      new AgentFleet(new NoHost(), 3, 8, new WorkDay(1, NIGHT), 1, NIGHT);
  private final DemoAutoscaler autoscaler = new DemoAutoscaler(DemoPolicies.predicting(), fleet);

  /** Agents that are nowhere. */
  private static final class NoHost implements AgentFleet.Host {
    @Override
    public AgentMetrics created(String name) {
      return new AgentMetrics();
    }

    @Override
    public void ended(String name) {}
  }

  @Test
  void policies_differInPredictionAlone() {
    PolicyDefinition predicting = DemoPolicies.predicting();
    PolicyDefinition reactive = DemoPolicies.reactive();

    assertThat(reactive.forecast()).isEmpty();
    assertThat(reactive.settings().schedules().schedules()).isEmpty();
    assertThat(predicting.forecast()).isPresent();
    assertThat(predicting.settings().schedules().schedules()).hasSize(1);
    assertThat(reactive.key()).isEqualTo(predicting.key());
    assertThat(reactive.target()).isEqualTo(predicting.target());
    assertThat(reactive.demand()).isEqualTo(predicting.demand());
    assertThat(reactive.settings().perReplica()).isEqualTo(predicting.settings().perReplica());
    assertThat(reactive.settings().schedules().baseline())
        .isEqualTo(predicting.settings().schedules().baseline());
  }

  @Test
  void demand_isFollowedByTheRulesOfKubernetes() {
    autoscaler.reconcile(served(30), NIGHT);

    assertThat(autoscaler.desired()).hasValue(5);
    assertThat(fleet.state().starting()).isEqualTo(2);
    assertThat(autoscaler.view())
        .singleElement()
        .satisfies(view -> assertThat(view.lastScaleTime()).hasValue(NIGHT));

    autoscaler.reconcile(served(18), NIGHT.plusSeconds(15));
    assertThat(fleet.state().replicas()).as("stabilized for five minutes").isEqualTo(5);

    autoscaler.reconcile(served(18), NIGHT.plus(Duration.ofMinutes(6)));
    assertThat(fleet.state().replicas()).isEqualTo(3);
  }

  @Test
  void noAnswer_keepsTheAgentsAndIsTold() {
    autoscaler.reconcile(new MetricReading.Failed("HTTP 503: not known"), NIGHT);

    assertThat(fleet.state().replicas()).isEqualTo(3);
    assertThat(autoscaler.view())
        .singleElement()
        .satisfies(
            view ->
                assertThat(view.notes())
                    .singleElement()
                    .asString()
                    .contains("HTTP 503: not known"));
  }

  private static MetricReading served(long demand) {
    return new MetricReading.Series(List.of(Quantity.of(demand)));
  }
}
