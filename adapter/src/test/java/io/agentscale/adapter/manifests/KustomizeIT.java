// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.controlplane.ShippedRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kustomize rewrites names, namespaces and selectors: what it makes of the base is what is applied.
 */
final class KustomizeIT {
  @TempDir private Path directory;

  @Test
  void builtBase_isWhole() throws Exception {
    List<JsonNode> objects = build();

    assertThat(objects.stream().map(object -> object.path("kind").asText()))
        .containsOnly(
            "Namespace",
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "ConfigMap",
            "Service",
            "Deployment",
            "PodDisruptionBudget",
            "APIService");
    assertThat(
            one(objects, "RoleBinding", "agentscale-authentication-reader")
                .at("/metadata/namespace")
                .asText())
        .isEqualTo("kube-system");
    JsonNode deployment = one(objects, "Deployment", "agentscale");
    JsonNode labels = deployment.at("/spec/template/metadata/labels");
    assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo("agentscale");
    assertThat(one(objects, "Service", "agentscale").at("/spec/selector")).isEqualTo(labels);
    assertThat(one(objects, "PodDisruptionBudget", "agentscale").at("/spec/selector/matchLabels"))
        .isEqualTo(labels);
    JsonNode configMap =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .findFirst()
            .orElseThrow();
    assertThat(deployment.at("/spec/template/spec/volumes").toString())
        .contains(configMap.at("/metadata/name").asText());
    AdapterConfig.parse("adapter.yaml", directory, configMap.at("/data/adapter.yaml").asText());
  }

  private static JsonNode one(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(
            object ->
                object.path("kind").asText().equals(kind)
                    && object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> build() throws IOException, InterruptedException {
    Path built = directory.resolve("built.yaml");
    Path complaints = directory.resolve("complaints");
    Process kubectl;
    try {
      kubectl =
          new ProcessBuilder("kubectl", "kustomize", Path.of("..", "deploy", "base").toString())
              .redirectOutput(built.toFile())
              .redirectError(complaints.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(System.getenv("CI") != null, "needs kubectl (Debian: kubernetes-client)");
      throw e;
    }
    assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(complaints, UTF_8)).isEmpty();
    assertThat(kubectl.exitValue()).isZero();
    return ShippedRoles.manifests(built);
  }
}
