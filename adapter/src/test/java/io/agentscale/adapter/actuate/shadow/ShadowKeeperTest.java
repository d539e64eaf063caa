// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.actuate.ClusterApi;
import io.agentscale.adapter.actuate.TargetScales;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.controlplane.ShippedRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An autoscaler aimed at a shadow without status or selector would compute nothing at all. */
final class ShadowKeeperTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final String LIST = "/apis/agentscale.io/v1alpha1/scalingshadows";
  private static final String SCALE = "/apis/apps/v1/namespaces/prod/deployments/coder/scale";
  private static final String STATUS =
      "/apis/agentscale.io/v1alpha1/namespaces/prod/scalingshadows/coder-shadow/status";

  private final Map<String, JsonNode> objects = new HashMap<>();
  private final List<String> applied = new ArrayList<>();
  private int asked;
  private final ShadowKeeper keeper =
      new ShadowKeeper(new Api(), new TargetScales(new Api(), ResourceMapper.wellKnown()));

  @Test
  void newShadow_isThereAtOnce_withTheSelectorOfItsTarget() {
    wanted(3, "{}");
    assertThat(keeper.tick(TEN)).isEqualTo(1);
    assertThat(applied)
        .containsExactly(
            STATUS
                + " {\"apiVersion\":\"agentscale.io/v1alpha1\",\"kind\":\"ScalingShadow\","
                + "\"metadata\":{\"name\":\"coder-shadow\",\"namespace\":\"prod\"},"
                + "\"status\":{\"replicas\":3,\"selector\":\"app=coder\"}}");
  }

  /** As a Deployment's count does: pods are counted once created, and become Ready later. */
  @Test
  void replicasFollowAtOnce_andNothingElseIsWritten() {
    wanted(3, "{\"replicas\":3,\"selector\":\"app=coder\"}");
    keeper.tick(TEN);
    assertThat(applied).isEmpty();
    wanted(8, "{\"replicas\":3,\"selector\":\"app=coder\"}");
    keeper.tick(TEN.plusSeconds(5));
    assertThat(applied).singleElement().asString().contains("\"replicas\":8");
  }

  @Test
  void kindNotInstalled_isLookedForSeldom() {
    for (int i = 0; i < 40; i++) {
      assertThat(keeper.tick(TEN.plusSeconds(15L * i))).isZero();
    }
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void targetGone_stopsNoOtherShadow() {
    wanted(3, "{}");
    objects.remove(SCALE);
    assertThat(keeper.tick(TEN)).isEqualTo(1);
    assertThat(applied).isEmpty();
  }

  @Test
  void definition_canBeScaled_byTheFieldsThatAreKept() throws IOException {
    Path file = Path.of("..", "deploy", "crds", "scalingshadows.yaml");
    assertThat(Files.readString(file, UTF_8)).startsWith("# SPDX-License-Identifier");
    JsonNode version = ShippedRoles.manifests(file).getFirst().at("/spec/versions/0");
    JsonNode scale = version.at("/subresources/scale");
    assertThat(scale.path("specReplicasPath").asText()).isEqualTo(".spec.replicas");
    assertThat(scale.path("statusReplicasPath").asText()).isEqualTo(".status.replicas");
    assertThat(scale.path("labelSelectorPath").asText()).isEqualTo(".status.selector");
    assertThat(version.at("/subresources").has("status")).isTrue();
    JsonNode schema = version.at("/schema/openAPIV3Schema/properties");
    assertThat(schema.at("/spec/properties/replicas/type").asText()).isEqualTo("integer");
    assertThat(schema.at("/status/properties/replicas/type").asText()).isEqualTo("integer");
    assertThat(schema.at("/status/properties/selector/type").asText()).isEqualTo("string");
  }

  private void wanted(int replicas, String status) {
    objects.put(SCALE, read("{\"spec\":{\"replicas\":3},\"status\":{\"selector\":\"app=coder\"}}"));
    objects.put(
        LIST,
        read(
            """
            {"items": [{"metadata": {"name": "coder-shadow", "namespace": "prod"},
              "spec": {"replicas": %d,
                "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "coder"}},
              "status": %s}]}
            """
                .formatted(replicas, status)));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Api implements ClusterApi {
    @Override
    public JsonNode get(String path) {
      asked++;
      JsonNode found = objects.get(path);
      if (found == null) {
        throw new ControlPlaneException(404, path + " not found");
      }
      return found;
    }

    @Override
    public JsonNode apply(String path, ObjectNode object) {
      applied.add(path + " " + object);
      return object;
    }

    @Override
    public JsonNode merge(String path, ObjectNode patch) {
      throw new AssertionError("nothing is merged: " + path);
    }
  }
}
