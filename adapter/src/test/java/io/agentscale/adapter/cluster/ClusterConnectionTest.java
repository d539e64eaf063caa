// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without credentials the client library silently guesses an address; we must say so instead. */
final class ClusterConnectionTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: here
      clusters: [{name: c, cluster: {server: "https://10.1.2.3:6443"}}]
      users: [{name: u, user: {token: secret}}]
      contexts: [{name: here, context: {cluster: c, user: u}}]
      """;

  @TempDir private Path directory;

  @Test
  void find_namedFile_isUsed() throws IOException {
    Path file = Files.writeString(directory.resolve("kc"), KUBECONFIG);
    ClusterConnection connection = find(Optional.of(file), Map.of());
    assertThat(connection.config().getMasterUrl()).startsWith("https://10.1.2.3:6443");
    assertThat(connection.origin()).isEqualTo("--kubeconfig " + file).doesNotContain("secret");
  }

  @Test
  void find_variableBeforeHome() throws IOException {
    Files.createDirectories(directory.resolve(".kube"));
    Files.writeString(
        directory.resolve(".kube/config"), KUBECONFIG.replace("10.1.2.3", "10.9.9.9"));
    Path file = Files.writeString(directory.resolve("kc"), KUBECONFIG);

    assertThat(
            find(Optional.empty(), Map.of("KUBECONFIG", file.toString())).config().getMasterUrl())
        .contains("10.1.2.3");
    assertThat(find(Optional.empty(), Map.of()).config().getMasterUrl()).contains("10.9.9.9");
  }

  @Test
  void find_nothing_saysWhereItLooked() {
    assertThatThrownBy(() -> find(Optional.empty(), Map.of()))
        .isInstanceOf(NoClusterException.class)
        .hasMessageContaining(directory.resolve(".kube").resolve("config").toString())
        .hasMessageContaining("KUBERNETES_SERVICE_HOST is not set");
  }

  @Test
  void find_inPod_needsItsToken() throws IOException {
    Path token = directory.resolve("token");
    Map<String, String> pod =
        Map.of(
            "KUBERNETES_SERVICE_HOST",
            "10.96.0.1",
            "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
            token.toString());
    assertThatThrownBy(() -> find(Optional.empty(), pod))
        .isInstanceOf(NoClusterException.class)
        .hasMessageContaining("KUBERNETES_SERVICE_HOST is set, %s cannot be read", token);

    Files.writeString(token, "secret");
    assertThat(find(Optional.empty(), pod).origin()).isEqualTo("service account of this pod");
  }

  @Test
  void find_namedFileMissing_isRefusedRatherThanReplacedByAnother() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> find(Optional.of(missing), Map.of()))
        .isInstanceOf(NoClusterException.class)
        .hasMessage("--kubeconfig: " + missing + " cannot be read");
    assertThatThrownBy(() -> find(Optional.empty(), Map.of("KUBECONFIG", missing.toString())))
        .isInstanceOf(NoClusterException.class)
        .hasMessage("KUBECONFIG: " + missing + " cannot be read");
  }

  private ClusterConnection find(Optional<Path> kubeconfig, Map<String, String> environment) {
    return ClusterConnection.find(kubeconfig, environment, directory);
  }
}
