// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file holds a token: nobody else may read it, and it must not outlive its adapter. */
final class LocalKubeconfigTest {
  @TempDir private Path dir;

  @Test
  void write_isWhatClientsRead_forTheOwnerOnly() throws Exception {
    LocalKubeconfig local = LocalKubeconfig.ofUser(Map.of("XDG_STATE_HOME", dir.toString()));
    local.write("https://127.0.0.1:6443", URI.create("http://127.0.0.1:8080"), "PEM", "s3cret");
    assertThat(local.operations()).contains(URI.create("http://127.0.0.1:8080"));

    assertThat(local.file()).isEqualTo(dir.resolve("agentscale/kubeconfig"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(local.file())))
        .isEqualTo("rw-------");
    Config config = Config.fromKubeconfig(Files.readString(local.file()));
    assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:6443/");
    assertThat(config.getAutoOAuthToken()).isEqualTo("s3cret");
    assertThat(config.getCaCertData()).isEqualTo("UEVN");
  }

  @Test
  void remove_leavesTheFileOfALaterAdapter() {
    LocalKubeconfig local = new LocalKubeconfig(dir.resolve("kubeconfig"));
    local.write("https://127.0.0.1:1", URI.create("http://127.0.0.1:2"), "PEM", "later");
    local.remove("earlier");
    assertThat(local.exists()).isTrue();
    local.remove("later");
    assertThat(local.exists()).isFalse();
  }
}
