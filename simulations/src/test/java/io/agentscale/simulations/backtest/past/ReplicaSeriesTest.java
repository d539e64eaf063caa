// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetRef;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A series asked for by a wrong name is a past that seems not to exist. */
final class ReplicaSeriesTest {
  private static final PolicyKey POLICY = new PolicyKey("prod", "policy");

  private static ReplicaSeries of(String kind) {
    return ReplicaSeries.of(POLICY, new TargetRef("apps/v1", kind, "coder"), "ns").orElseThrow();
  }

  @Test
  void eachKind_hasTheSeriesOfItsExporter() {
    assertThat(of("Deployment"))
        .isEqualTo(
            new ReplicaSeries(
                "max(kube_deployment_status_replicas_ready{ns=\"prod\",deployment=\"coder\"})",
                "max(kube_deployment_spec_replicas{ns=\"prod\",deployment=\"coder\"})"));
    assertThat(of("StatefulSet").ready())
        .isEqualTo(
            "max(kube_statefulset_status_replicas_ready{ns=\"prod\",statefulset=\"coder\"})");
    assertThat(of("StatefulSet").asked()).contains("kube_statefulset_replicas{");
    assertThat(of("ReplicaSet").ready()).contains("kube_replicaset_status_ready_replicas{");
    assertThat(of("ReplicaSet").asked()).contains("kube_replicaset_spec_replicas{");
    assertThat(of("Rollout").ready())
        .isEqualTo("max(rollout_info_replicas_available{ns=\"prod\",name=\"coder\"})");
    assertThat(ReplicaSeries.of(POLICY, new TargetRef("ray.io/v1", "RayService", "coder"), "ns"))
        .isEmpty();
  }

  @Test
  void names_cannotEndAMatcher() {
    TargetRef target = new TargetRef("apps/v1", "Deployment", "a\"} or vector(1) #");
    assertThat(ReplicaSeries.of(POLICY, target, "ns").orElseThrow().ready())
        .contains("deployment=\"a\\\"} or vector(1) #\"");
  }

  @Test
  void stretch_isOfWholeSteps_andLookedAtCoarselyForWhatRarelyChanges() {
    Instant from = Instant.parse("2026-01-05T00:00:07Z");
    Stretch stretch = new Stretch(from, from.plusSeconds(86_400), Duration.ofSeconds(15));
    assertThat(stretch.from()).isEqualTo(Instant.parse("2026-01-05T00:00:00Z"));
    assertThat(stretch.to()).isEqualTo(Instant.parse("2026-01-06T00:00:00Z"));
    assertThat(stretch.coarse()).isEqualTo(Duration.ofSeconds(432));
    assertThat(new Stretch(from, from.plusSeconds(60), Duration.ofSeconds(15)).coarse())
        .isEqualTo(Duration.ofSeconds(15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Stretch(from, from, Duration.ofSeconds(15)))
        .withMessageContaining("at least a step of PT15S before its end");
  }
}
