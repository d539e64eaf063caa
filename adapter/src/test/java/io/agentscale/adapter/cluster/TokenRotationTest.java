// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.controlplane.TestControlPlane;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod's token ends within the hour: who read it once is locked out then, and for good. */
final class TokenRotationTest {
  private static final String PATH =
      "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";

  @TempDir private Path directory;

  @AfterEach
  void clear() {
    System.clearProperty("kubernetes.master");
    System.clearProperty("kubernetes.auth.serviceAccount.token");
    System.clearProperty("kubernetes.auth.tryKubeConfig");
  }

  @Test
  void replacedTokenFile_isReadAgain() throws IOException {
    Path file = directory.resolve("token");
    try (TestControlPlane cluster = new TestControlPlane()) {
      cluster.put(PATH, "{\"metadata\": {}}");
      Files.writeString(file, cluster.token);
      System.setProperty("kubernetes.master", cluster.url());
      System.setProperty("kubernetes.auth.serviceAccount.token", file.toString());
      System.setProperty("kubernetes.auth.tryKubeConfig", "false");
      try (ControlPlane controlPlane =
          ControlPlane.connect(new ClusterConnection(Config.autoConfigure(null), "test"))) {
        assertThat(controlPlane.get(PATH).toCompletableFuture().join().has("metadata")).isTrue();

        cluster.token = "service-account-token-2";
        Files.writeString(file, cluster.token);

        assertThat(controlPlane.get(PATH).toCompletableFuture().join().has("metadata")).isTrue();
      }
    }
  }
}
