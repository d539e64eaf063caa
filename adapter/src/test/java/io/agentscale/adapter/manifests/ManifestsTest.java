// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.Main;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.controlplane.ShippedRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is shipped is what users run: a manifest or a configuration that rots is a failed install.
 */
final class ManifestsTest {
  private static final Path BASE = Path.of("..", "deploy", "base");
  private static final Path CRDS = Path.of("..", "deploy", "crds");
  private static final Path EXTERNAL = Path.of("..", "deploy", "components", "external-metrics");
  private static final String NAMESPACE = "agentscale-system";

  @Test
  void shippedConfiguration_isOne_andLeavesAccessToTheCluster() throws IOException {
    AdapterConfig config = AdapterConfig.load(BASE.resolve("adapter.yaml"));

    assertThat(config.server().auth().delegated()).contains(true);
    assertThat(config.server()).extracting(AdapterConfig.Server::port).isEqualTo(6443);
    assertThat(config.presets()).isEqualTo(AdapterConfig.DEFAULT.presets());
    assertThat(config.ops()).isEqualTo(AdapterConfig.DEFAULT.ops());
  }

  @Test
  void everyManifest_parses_andSaysWhereItBelongs() throws IOException {
    for (JsonNode object : objects()) {
      String kind = object.path("kind").asText();
      String name = object.at("/metadata/name").asText();
      assertThat(object.path("apiVersion").asText()).as(kind).isNotEmpty();
      assertThat(name).as(kind).isNotEmpty();
      boolean global =
          List.of("Namespace", "ClusterRole", "ClusterRoleBinding", "APIService").contains(kind);
      assertThat(object.path("metadata").has("namespace")).as(kind + " " + name).isEqualTo(!global);
    }
  }

  @Test
  void authenticationReader_isBoundInKubeSystem() throws IOException {
    assertThat(objects())
        .filteredOn(
            object ->
                object
                    .at("/roleRef/name")
                    .asText()
                    .equals("extension-apiserver-authentication-reader"))
        .singleElement()
        .satisfies(
            binding -> {
              assertThat(binding.at("/metadata/namespace").asText()).isEqualTo("kube-system");
              assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo(NAMESPACE);
            });
  }

  @Test
  void noApiService_skipsVerification_andAllLeadToTheService() throws IOException {
    JsonNode service =
        objects().stream()
            .filter(object -> object.path("kind").asText().equals("Service"))
            .findFirst()
            .orElseThrow();
    assertThat(objects())
        .filteredOn(object -> object.path("kind").asText().equals("APIService"))
        .hasSize(3) // two of custom metrics, and the component's one
        .allSatisfy(
            apiService -> {
              assertThat(apiService.at("/spec/insecureSkipTLSVerify").asBoolean()).isFalse();
              assertThat(apiService.at("/spec/service/name"))
                  .isEqualTo(service.at("/metadata/name"));
              assertThat(apiService.at("/spec/service/namespace"))
                  .isEqualTo(service.at("/metadata/namespace"));
              assertThat(apiService.at("/spec/service/port"))
                  .isEqualTo(service.at("/spec/ports/0/port"));
            });
  }

  @Test
  void container_isStartedWithOptionsThereAre_andRunsWithoutPrivileges() throws IOException {
    JsonNode deployment =
        objects().stream()
            .filter(object -> object.path("kind").asText().equals("Deployment"))
            .findFirst()
            .orElseThrow();
    JsonNode container = deployment.at("/spec/template/spec/containers/0");
    List<String> arguments = new ArrayList<>();
    container.path("args").forEach(argument -> arguments.add(argument.asText()));

    // Parsed, not run.
    var parsed = Main.commandLine().parseArgs(arguments.toArray(String[]::new));

    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("serve");
    assertThat(parsed.subcommand().<Object>matchedOptionValue("--register", List.of()).toString())
        .isEqualTo("[custom]");
    assertThat(deployment.at("/spec/template/spec/securityContext/runAsNonRoot").asBoolean())
        .isTrue();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean()).isFalse();
  }

  @Test
  void dockerfile_runsAsTheUserOfTheDeployment() throws IOException {
    assertThat(Files.readString(BASE.resolveSibling("Dockerfile"), UTF_8))
        .contains("USER 65532:65532");
  }

  /** Whoever changes one of limit, percentage and launcher must think of the other two. */
  @Test
  void heapOfTheImage_isThatOfTheLauncher_inTheContainerWeShip() throws IOException {
    String dockerfile = Files.readString(BASE.resolveSibling("Dockerfile"), UTF_8);
    String launcher = Files.readString(BASE.resolve("../../agentscale"), UTF_8);

    assertThat(Files.readString(BASE.resolve("deployment.yaml"), UTF_8))
        .contains("limits: {memory: 256Mi}");
    assertThat(dockerfile).contains("jvm.options", "-XX:MaxRAMPercentage=" + 112 * 100 / 256.0);
    assertThat(launcher).contains("deploy/jvm.options", "heap=-Xmx112m");
  }

  @Test
  void base_leavesExternalMetricsToWhoeverHasThem() throws IOException {
    assertThat(ShippedRoles.manifests(BASE.resolve("apiservices.yaml")))
        .extracting(object -> object.at("/spec/group").asText())
        .containsOnly("custom.metrics.k8s.io");
  }

  @Test
  void everyCustomResource_isInstalled() throws IOException {
    List<String> listed = new ArrayList<>();
    ShippedRoles.manifests(CRDS.resolve("kustomization.yaml"))
        .getFirst()
        .path("resources")
        .forEach(file -> listed.add(file.asText()));
    try (Stream<Path> files = Files.list(CRDS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(listed.stream(), Stream.of("kustomization.yaml")).toList());
    }
  }

  private static List<JsonNode> objects() throws IOException {
    List<JsonNode> objects =
        new ArrayList<>(ShippedRoles.manifests(EXTERNAL.resolve("apiservice.yaml")));
    try (Stream<Path> files = Files.list(BASE)) {
      for (Path file : files.sorted().toList()) {
        if (!file.endsWith("adapter.yaml") && !file.endsWith("kustomization.yaml")) {
          objects.addAll(ShippedRoles.manifests(file));
        }
      }
    }
    assertThat(objects).hasSizeGreaterThan(8);
    return objects;
  }
}
