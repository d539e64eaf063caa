// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.Main;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.controlplane.ShippedRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** A Role names objects, such as the Lease, which kustomize may take for one it has renamed. */
  @Test
  void builtRoles_grantWhatTheFilesGrant() throws Exception {
    List<JsonNode> built = build("base");

    List<JsonNode> roles =
        ShippedRoles.manifests(DEPLOY.resolve("base/rbac.yaml")).stream()
            .filter(object -> object.path("kind").asText().endsWith("Role"))
            .toList();
    assertThat(roles).isNotEmpty();
    for (JsonNode role : roles) {
      String name = role.at("/metadata/name").asText();
      assertThat(one(built, role.path("kind").asText(), name).path("rules"))
          .isEqualTo(role.path("rules"));
    }
  }

  @Test
  void allComponents_buildTogether_eachOnce() throws Exception {
    Path overlay = Files.createDirectory(directory.resolve("all")).toRealPath();
    Path deploy = overlay.relativize(DEPLOY.toRealPath());
    StringBuilder text = new StringBuilder("resources: [" + deploy + "/base]\ncomponents:\n");
    for (String component : List.of("actuation", "external-metrics", "keda", "otlp")) {
      text.append("- ").append(deploy).append("/components/").append(component).append('\n');
    }
    Files.writeString(overlay.resolve("kustomization.yaml"), text);

    List<JsonNode> objects = build(overlay.toString());

    assertThat(groups(objects)).containsOnly("custom.metrics.k8s.io", "external.metrics.k8s.io");
    assertThat(one(objects, "ClusterRole", "agentscale-actuation").path("rules")).isNotEmpty();
    assertThat(
            one(objects, "ClusterRoleBinding", "agentscale-actuation")
                .at("/subjects/0/name")
                .asText())
        .isEqualTo("agentscale");
    assertThat(
            one(objects, "Deployment", "agentscale")
                .at("/spec/template/spec/containers/0/args")
                .toString())
        .contains("--register=custom,external", "--keda-port=9443", "--otlp-port=4317");
    assertThat(
            objects.stream()
                .map(o -> o.path("kind").asText() + " " + o.at("/metadata/name").asText()))
        .doesNotHaveDuplicates();
  }

  @Test
  void components_openTheDoors_withOptionsThereAre() throws Exception {
    Path overlay = Files.createDirectory(directory.resolve("overlay")).toRealPath();
    Path deploy = overlay.relativize(DEPLOY.toRealPath());
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        "resources: [%s/base]\ncomponents: [%s/components/keda, %s/components/otlp]\n"
            .formatted(deploy, deploy, deploy));

    List<JsonNode> objects = build(overlay.toString());

    JsonNode deployment = one(objects, "Deployment", "agentscale");
    JsonNode container = deployment.at("/spec/template/spec/containers/0");
    List<String> arguments = new ArrayList<>();
    container.path("args").forEach(argument -> arguments.add(argument.asText()));
    var serve = Main.commandLine().parseArgs(arguments.toArray(String[]::new)).subcommand();
    assertThat(serve.<Integer>matchedOptionValue("--keda-port", 0)).isEqualTo(9443);
    assertThat(serve.<Integer>matchedOptionValue("--otlp-port", 0)).isEqualTo(4317);
    for (JsonNode port : one(objects, "Service", "agentscale").at("/spec/ports")) {
      assertThat(container.path("ports").findValuesAsText("name"))
          .contains(port.path("targetPort").asText());
    }
    // What is pushed reaches one replica only.
    assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
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
