// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static io.agentscale.adapter.serve.PolicyLife.DEMAND;
import static io.agentscale.adapter.serve.PolicyLife.HPA;
import static io.agentscale.adapter.serve.PolicyLife.PATIENCE;
import static io.agentscale.adapter.serve.PolicyLife.POLICY;
import static io.agentscale.adapter.serve.PolicyLife.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A policy's whole life in a cluster, by the parts that run there: whatever happens to it, an
 * autoscaler gets what was decided, and its owner gets back what was held. Our own control plane
 * holds us to the permissions we ship, fabric8's mock is no idea of ours of what Kubernetes does.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class PolicyLifeCycleTest {
  private final PolicyLife.Kind kind;
  @TempDir private Path directory;
  private PolicyLife life;

  PolicyLifeCycleTest(PolicyLife.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() throws IOException {
    life = new PolicyLife(kind, directory);
  }

  @AfterEach
  void stop() {
    life.close();
  }

  @Test
  void life_fromCreatedToDeleted() {
    life.change(policy("", ""));
    life.awaitFloor(6);
    assertThat(life.reader.value(DEMAND)).as("the floor's, above the live demand").isEqualTo(72);
    assertThat(life.hold()).isNotEmpty();
    life.awaitCondition("FloorHeld", "True");
    life.awaitCondition("DemandKnown", "True");
    assertThat(life.status().path("observedGeneration").asInt()).isEqualTo(1);

    life.demand(120);
    await().atMost(PATIENCE).until(() -> life.reader.value(DEMAND) == 120);
    assertThat(life.floor()).as("live demand reaches it as a metric").isEqualTo(6);

    life.change(policy("\"mode\":\"Paused\",", ""));
    life.awaitFloor(2);
    life.awaitCondition("Ready", "False");
    assertThat(life.reader.get(DEMAND).body().toString()).contains("mode Paused");
    assertThat(life.hold()).isEmpty();

    life.change(policy("", ""));
    life.awaitFloor(6);
    life.change(policy("\"mode\":\"Preview\",", ""));
    life.awaitFloor(2);
    life.change(policy("", ""));
    life.awaitFloor(6);
    life.change(policy("", "").replace("ExactFloor", "Metric"));
    life.awaitFloor(2);
    life.awaitCondition("FloorHeld", "False");

    life.change(policy("", ""));
    life.awaitFloor(6);
    life.change(policy("", ",\"hold\":\"soon\""));
    await()
        .atMost(PATIENCE)
        .until(() -> life.condition("Ready").path("message").asText().contains("spec.hold"));
    assertThat(life.floor()).as("a typing error gives no floor back").isEqualTo(6);
    assertThat(life.reader.get(DEMAND).body().toString()).contains("is refused", "spec.hold");

    life.cluster.delete(POLICY);
    life.awaitFloor(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(life.reader.get(DEMAND).status()).isEqualTo(404));
  }

  /** What its owner writes while we hold it is what the owner gets back. */
  @Test
  void writtenOver_isHeldAgain_andTheLatestIsGivenBack() {
    life.change(policy("", ""));
    life.awaitFloor(6);
    life.cluster.edit(HPA, "{\"spec\":{\"minReplicas\":3}}");
    life.awaitFloor(6);
    life.change(policy("\"mode\":\"Paused\",", ""));
    life.awaitFloor(3);
    life.awaitGivenBack();
  }

  @Test
  void deletedWhileNobodyLooked_isGivenBackByTheNextProcess() throws IOException {
    life.change(policy("", ""));
    life.awaitFloor(6);
    life.stopProcess();
    assertThat(life.floor()).as("held across a restart").isEqualTo(6);

    life.cluster.delete(POLICY);
    life.startProcess();
    life.awaitFloor(2);
    // The value goes back first, then the note that it was held.
    life.awaitGivenBack();
  }
}
