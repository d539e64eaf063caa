// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.controlplane.ShippedRoles;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadow run pasted wrongly would scale the real workload. */
final class ShadowManifestsTest {
  @TempDir private Path directory;

  @Test
  void autoscaler_isAimedAtTheShadow_andTheShadowAtTheTarget() throws IOException {
    PolicyDefinition policy =
        new PolicyDefinition(
            new PolicyKey("prod", "coder"),
            "",
            0,
            new TargetRef("apps/v1", "Deployment", "coder-app"),
            Mode.PREVIEW,
            new DemandSource.OfPreset("agent-concurrency"),
            PolicySettings.reactive(Quantity.of(12), new ReplicaBounds(0, 40)),
            Optional.empty(),
            Optional.empty(),
            ScaleIn.UNPROTECTED,
            new Actuation.Metric());
    Path file = Files.writeString(directory.resolve("shadow.yaml"), ShadowManifests.of(policy));

    List<JsonNode> objects = ShippedRoles.manifests(file);

    assertThat(objects).hasSize(2);
    JsonNode shadow = objects.getFirst();
    assertThat(shadow.at("/spec/targetRef/name").asText()).isEqualTo("coder-app");
    JsonNode hpa = objects.get(1);
    assertThat(hpa.at("/spec/scaleTargetRef/kind")).isEqualTo(shadow.path("kind"));
    assertThat(hpa.at("/spec/scaleTargetRef/name")).isEqualTo(shadow.at("/metadata/name"));
    assertThat(hpa.at("/spec/minReplicas").asInt()).isEqualTo(1);
    assertThat(hpa.at("/spec/maxReplicas").asInt()).isEqualTo(40);
    assertThat(hpa.at("/spec/metrics/0/external/target/averageValue").asText()).isEqualTo("12");
  }
}
