// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import io.agentscale.adapter.policy.PolicyDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are where people look first; a flood of them hides the one that matters. */
final class PolicyEventsTest {
  private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir private Path directory;
  private final TestControlPlane cluster = new TestControlPlane();
  private final PolicyDefinition policy = Snapshots.policy("coder", "u-1");
  private volatile Instant now = START;
  private ControlPlane controlPlane;
  private PolicyEvents events;

  @BeforeEach
  void connect() {
    controlPlane =
        ControlPlane.connect(ClusterConnection.find(Optional.of(cluster.kubeconfig(directory))));
    events = new PolicyEvents(controlPlane, "agentscale-0", () -> now);
  }

  @AfterEach
  void disconnect() {
    controlPlane.close();
    cluster.close();
  }

  private List<JsonNode> sent(int count) {
    await().until(() -> cluster.calls.size() == count);
    return cluster.calls.stream().map(TestControlPlane.Call::body).toList();
  }

  private void tell(long demand) {
    events.tell(Snapshots.of(policy, demand, now, START));
  }

  private void tellConflict(Status status) {
    events.tell(
        Snapshots.of(
            policy,
            60,
            now,
            List.of(
                new PolicyCondition(
                    PolicyCondition.Type.CONFLICT, status, "TwoScalers", "another HPA", now))));
  }

  @Test
  void changeOfCause_isTold_andOnlyThat() {
    tell(60);
    tell(70);
    now = now.plusSeconds(60);
    tell(480 + 12);
    JsonNode event = sent(1).getFirst();
    assertThat(event.path("reason").asText()).isEqualTo("LiveLimitedByMaximum");
    assertThat(event.path("note").asText()).startsWith("3 -> 40 replicas by live, then maximum");
    assertThat(event.path("type").asText()).isEqualTo("Normal");
    assertThat(event.path("eventTime").asText()).isEqualTo("2026-11-21T03:01:00.000000Z");
    assertThat(event.at("/regarding/uid").asText()).isEqualTo("u-1");
    assertThat(event.path("reportingInstance").asText()).isEqualTo("agentscale-0");
    assertThat(cluster.calls.getFirst().path())
        .startsWith("/apis/events.k8s.io/v1/namespaces/agent-prod/events/coder.");
  }

  @Test
  void theSameAgain_isASeries_untilAWhileHasPassed() {
    for (int i = 0; i < 2; i++) {
      tellConflict(Status.TRUE);
      tellConflict(Status.FALSE);
    }
    List<JsonNode> sent = sent(4);
    assertThat(sent)
        .extracting(e -> e.path("reason").asText())
        .contains("Conflict", "ConflictOver");
    JsonNode again =
        sent.stream()
            .filter(e -> e.path("reason").asText().equals("Conflict") && e.has("series"))
            .findFirst()
            .orElseThrow();
    assertThat(again.at("/series/count").asInt()).isEqualTo(2);
    assertThat(again.path("type").asText()).isEqualTo("Warning");
    now = now.plus(PolicyEvents.SERIES).plusSeconds(1);
    tellConflict(Status.TRUE);
    assertThat(sent(5)).filteredOn(e -> e.has("series")).hasSize(2);
  }

  @Test
  void mindChangedAllTheTime_isCutShort() {
    for (int i = 0; i < 30; i++) {
      tellConflict(i % 2 == 0 ? Status.TRUE : Status.FALSE);
    }
    sent(PolicyEvents.BURST);
    now = now.plus(PolicyEvents.REFILL);
    tellConflict(Status.TRUE);
    tellConflict(Status.FALSE);
    sent(PolicyEvents.BURST + 1);
  }

  @Test
  void refusedSpec_isAWarning() {
    events.tellRefused(policy.key(), "u-1", List.of("spec.hold: bad", "spec.mode: bad"));
    assertThat(sent(1).getFirst().path("note").asText())
        .isEqualTo("spec.hold: bad; spec.mode: bad");
  }
}
