// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.controlplane.TestControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two leaders at once would write over each other; none at all would leave floors where they are.
 */
final class LeaseLeadershipTest {
  private static final LeaseLeadership.Place PLACE =
      new LeaseLeadership.Place("agentscale-system", "agentscale");

  private final TestControlPlane cluster = new TestControlPlane();

  @TempDir private Path directory;
  private ControlPlane controlPlane;
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private long nanos = 5;

  @BeforeEach
  void connect() {
    controlPlane =
        ControlPlane.connect(ClusterConnection.find(Optional.of(cluster.kubeconfig(directory))));
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    cluster.close();
  }

  private LeaseLeadership replica(String name) {
    return new LeaseLeadership(controlPlane, PLACE, name, () -> now, () -> nanos);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void oneOfTwo_holdsIt_andKeepsItByRenewing() {
    LeaseLeadership first = replica("first");
    LeaseLeadership second = replica("second");
    for (int i = 0; i < 30; i++) {
      first.campaign();
      second.campaign();
      assertThat(first.isHeld()).isTrue();
      assertThat(second.isHeld()).isFalse();
      pass(LeaseLeadership.RETRY);
    }
    assertThat(lease("holderIdentity")).isEqualTo("first");
    assertThat(lease("leaseTransitions")).isEqualTo("0");
    assertThat(lease("leaseDurationSeconds")).isEqualTo("15");
    assertThat(lease("renewTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void cutOff_stopsBeforeAnotherCanTakeIt() {
    LeaseLeadership first = replica("first");
    LeaseLeadership second = replica("second");
    first.campaign();
    second.campaign();
    Instant taken = Instant.MAX;
    Instant lost = Instant.MAX;
    for (int i = 0; i < 20 && taken.equals(Instant.MAX); i++) {
      pass(Duration.ofSeconds(1));
      second.campaign();
      assertThat(List.of(first.isHeld(), second.isHeld()))
          .as("never both")
          .isNotEqualTo(List.of(true, true));
      lost = !first.isHeld() && lost.equals(Instant.MAX) ? now : lost;
      taken = second.isHeld() ? now : taken;
    }
    assertThat(Duration.between(lost, taken)).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    assertThat(lease("holderIdentity")).isEqualTo("second");
    assertThat(lease("leaseTransitions")).isEqualTo("1");

    first.campaign();
    assertThat(first.isHeld()).as("back again, it follows").isFalse();
  }

  @Test
  void apiServerGone_runsOut_andIsHeldAgainAfterwards() {
    LeaseLeadership only = replica("only");
    only.campaign();
    cluster.failure = Optional.of(503);
    pass(Duration.ofSeconds(9));
    only.campaign();
    assertThat(only.isHeld()).isTrue();
    pass(Duration.ofSeconds(1));
    only.campaign();
    assertThat(only.isHeld()).isFalse();

    cluster.failure = Optional.empty();
    only.campaign();
    assertThat(only.isHeld()).isTrue();
  }

  @Test
  void asleep_isNoLongerHeld_whicheverClockStoodStill() {
    LeaseLeadership only = replica("only");
    only.campaign();
    now = now.plusSeconds(60);
    assertThat(only.isHeld()).isFalse();

    only.campaign();
    now = now.minus(Duration.ofHours(1));
    nanos += Duration.ofSeconds(60).toNanos();
    assertThat(only.isHeld()).isFalse();
  }

  @Test
  void closed_letsAnotherOneTakeItAtOnce() {
    LeaseLeadership second = replica("second");
    try (LeaseLeadership first = replica("first")) {
      first.campaign();
      second.campaign();
      assertThat(second.isHeld()).isFalse();
    }
    pass(LeaseLeadership.RETRY);
    second.campaign();
    assertThat(second.isHeld()).isTrue();
  }

  @Test
  void raceForANewLease_hasOneWinner() {
    cluster.put(
        PLACE.path(),
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
         "metadata": {"namespace": "agentscale-system", "name": "agentscale"},
         "spec": {"holderIdentity": ""}}
        """);
    LeaseLeadership first = replica("first");
    LeaseLeadership second = replica("second");
    first.campaign();
    second.campaign();
    assertThat(first.isHeld()).isTrue();
    assertThat(second.isHeld()).isFalse();
  }

  private String lease(String field) {
    return cluster.read(PLACE.path()).orElseThrow().path("spec").path(field).asText();
  }
}
