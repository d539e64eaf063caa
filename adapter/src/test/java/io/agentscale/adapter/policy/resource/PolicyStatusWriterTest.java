// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status that is rewritten all the time loads the API server; one that lags misleads people. */
final class PolicyStatusWriterTest {
  private static final String PATH =
      "/apis/agentscale.io/v1alpha1/namespaces/agent-prod/scalingpolicies/coder";
  private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir private Path directory;
  private final TestControlPlane cluster = new TestControlPlane();
  private final Map<PolicyKey, JsonNode> present = new ConcurrentHashMap<>();
  private final PolicyDefinition policy = Snapshots.policy("coder", "u-1");
  private volatile Instant now = START;
  private ControlPlane controlPlane;
  private PolicyStatusWriter writer;

  @BeforeEach
  void connect() {
    controlPlane =
        ControlPlane.connect(ClusterConnection.find(Optional.of(cluster.kubeconfig(directory))));
    writer =
        new PolicyStatusWriter(
            controlPlane, key -> Optional.ofNullable(present.get(key)), () -> now);
    cluster.put(
        PATH,
        "{\"apiVersion\":\"agentscale.io/v1alpha1\",\"kind\":\"ScalingPolicy\",\"metadata\":"
            + "{\"name\":\"coder\",\"namespace\":\"agent-prod\"}}");
  }

  @AfterEach
  void disconnect() {
    controlPlane.close();
    cluster.close();
  }

  private int writes() {
    return cluster.calls("patch", PATH + "/status").size();
  }

  private void tickUntilWrites(int count) {
    writer.tick();
    await().until(() -> writes() == count);
    // The answer is taken over a moment after it was sent.
    await().pollDelay(Duration.ofMillis(50)).until(() -> true);
  }

  @Test
  void status_saysWhatAPersonAsks_underOurFieldManager() {
    writer.write(Snapshots.of(policy, 60, now, START));
    tickUntilWrites(1);

    var call = cluster.calls("patch", PATH + "/status").getFirst();
    assertThat(call.contentType()).startsWith("application/apply-patch+yaml");
    assertThat(call.query()).contains("fieldManager=agentscale", "force=true");
    assertThat(call.body().at("/metadata/uid").asText()).isEqualTo("u-1");
    JsonNode status = cluster.read(PATH).orElseThrow().path("status");
    assertThat(status.path("observedGeneration").asLong()).isEqualTo(3);
    assertThat(status.path("demand").asText()).isEqualTo("60");
    assertThat(status.path("replicas").asInt()).isEqualTo(5);
    assertThat(status.at("/bounds/floor").asInt()).isEqualTo(1);
    assertThat(status.at("/nextTransition/at").asText()).isEqualTo("2026-11-21T09:00:00Z");
    assertThat(status.at("/nextTransition/change").asText()).isEqualTo("day: start");
    assertThat(status.at("/nextTransition/floor").asInt()).isEqualTo(5);
    assertThat(status.path("explanation").asText())
        .isEqualTo("3 -> 5 replicas by live; demand served 60");
    assertThat(status.at("/conditions/0/type").asText()).isEqualTo("Ready");
    assertThat(status.at("/conditions/0/lastTransitionTime").asText())
        .isEqualTo("2026-11-21T03:00:00Z");
    assertThat(status.has("forecast")).isFalse();
  }

  @Test
  void figures_areWrittenOnceAMinute_andWhatMattersSoon_butNeverTwice() {
    writer.write(Snapshots.of(policy, 60, now, START));
    tickUntilWrites(1);
    writer.write(Snapshots.of(policy, 60, now, START));
    now = START.plus(PolicyStatusWriter.FIGURES.multipliedBy(2));
    writer.tick();
    assertThat(writes()).as("nothing new").isEqualTo(1);

    now = START.plusSeconds(30);
    writer.write(Snapshots.of(policy, 59, now, START));
    writer.tick();
    assertThat(writes()).as("a figure, too early").isEqualTo(1);
    writer.write(Snapshots.of(policy, 80, now, START));
    tickUntilWrites(2);

    now = now.plus(PolicyStatusWriter.PAUSE).minusMillis(1);
    writer.write(Snapshots.of(policy, 300, now, START));
    writer.tick();
    assertThat(writes()).as("too soon after the last").isEqualTo(2);
    now = now.plusMillis(1);
    tickUntilWrites(3);

    now = now.plus(PolicyStatusWriter.FIGURES);
    writer.write(Snapshots.of(policy, 299, now, START));
    tickUntilWrites(4);
    assertThat(cluster.read(PATH).orElseThrow().at("/status/demand").asText()).isEqualTo("299");
  }

  @Test
  void transitionTime_outlivesARestart() {
    writer.write(Snapshots.of(policy, 60, now, START));
    tickUntilWrites(1);
    present.put(policy.key(), cluster.read(PATH).orElseThrow().path("status"));
    now = START.plusSeconds(3600);
    PolicyStatusWriter next =
        new PolicyStatusWriter(
            controlPlane, key -> Optional.ofNullable(present.get(key)), () -> now);

    next.write(Snapshots.of(policy, 60, now, now));
    next.tick();
    assertThat(writes()).as("the same status is there").isEqualTo(1);
    next.writeRefused(policy.key(), "u-1", 4, List.of("spec.hold: must be other"));
    next.tick();
    await().until(() -> writes() == 2);
    JsonNode status = cluster.read(PATH).orElseThrow().path("status");
    assertThat(status.at("/conditions/0/status").asText()).isEqualTo("False");
    assertThat(status.at("/conditions/0/message").asText()).isEqualTo("spec.hold: must be other");
    assertThat(status.at("/conditions/0/lastTransitionTime").asText())
        .isEqualTo("2026-11-21T04:00:00Z");
    assertThat(status.has("replicas")).isFalse();
  }

  @Test
  void failure_isTriedAgain_andAPolicyThatIsGone_isNot() {
    cluster.failure = Optional.of(503);
    writer.write(Snapshots.of(policy, 60, now, START));
    writer.tick();
    await().until(() -> writes() > 0);
    int failed = writes();
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    cluster.failure = Optional.empty();
    writer.tick();
    assertThat(writes()).as("not at once").isGreaterThanOrEqualTo(failed);
    now = now.plus(PolicyStatusWriter.PAUSE);
    writer.tick();
    await().until(() -> cluster.read(PATH).orElseThrow().has("status"));

    cluster.delete(PATH);
    now = now.plus(PolicyStatusWriter.PAUSE);
    int before = writes();
    writer.write(Snapshots.of(policy, 300, now, START));
    tickUntilWrites(before + 1);
    now = now.plus(PolicyStatusWriter.FIGURES);
    writer.tick();
    assertThat(writes()).isEqualTo(before + 1);
  }

  @Test
  void policyOfAFile_hasNoStatus() {
    writer.write(Snapshots.of(Snapshots.policy("coder", ""), 60, now, START));
    writer.tick();
    assertThat(cluster.calls).isEmpty();
  }
}
