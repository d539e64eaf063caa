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
  private static final Path DEPLOY = Path.of("..", "deploy");

  @TempDir private Path directory;

  @Test
  void builtBase_isWhole() throws Exception {
    List<JsonNode> objects = build("base");

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
            "CustomResourceDefinition",
            "APIService");
    assertThat(groups(objects)).containsOnly("custom.metrics.k8s.io");
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

  @Test
  void builtOverlay_servesExternalMetricsToo() throws Exception {
    List<JsonNode> objects = build("overlays/custom-and-external");

    assertThat(groups(objects)).contains("custom.metrics.k8s.io", "external.metrics.k8s.io");
    assertThat(
            one(objects, "Deployment", "agentscale")
                .at("/spec/template/spec/containers/0/args/2")
                .asText())
        .isEqualTo("--register=custom,external");
  }

  @Test
  void everyObject_isOneThatKubectlWouldApply() throws Exception {
    List<JsonNode> objects = build("overlays/custom-and-external");
    try (KindsServer server = new KindsServer(objects)) {
      Path applied = directory.resolve("applied");
      run(
          applied,
          "kubectl",
          "--server=" + server.url(),
          "--kubeconfig=/dev/null",
          "--cache-dir=" + directory.resolve("cache"),
          "apply",
          "--dry-run=client",
          "--validate=false",
          "-k",
          DEPLOY.resolve("overlays/custom-and-external").toString());
      assertThat(Files.readAllLines(applied))
          .hasSameSizeAs(objects)
          .allMatch(line -> line.endsWith("created (dry run)"));
    }
  }

  private static List<String> groups(List<JsonNode> objects) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("APIService"))
        .map(object -> object.at("/spec/group").asText())
        .toList();
  }

  private List<JsonNode> build(String folder) throws IOException, InterruptedException {
    Path built = directory.resolve("built.yaml");
    run(built, "kubectl", "kustomize", DEPLOY.resolve(folder).toString());
    return ShippedRoles.manifests(built);
  }

  private void run(Path output, String... command) throws IOException, InterruptedException {
    Path complaints = directory.resolve("complaints");
    Process kubectl;
    try {
      kubectl =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(complaints.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(System.getenv("CI") != null, "needs kubectl (Debian: kubernetes-client)");
      throw e;
    }
    assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(complaints, UTF_8)).isEmpty();
    assertThat(kubectl.exitValue()).isZero();
  }
}
