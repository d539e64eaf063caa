// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.connection;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The flags by which a command finds its server, as {@code kubectl} has them. Without any, the
 * adapter running on this machine is asked, or else the cluster of the user's kubeconfig.
 */
public final class ConnectionOptions {
  private static final int TIMEOUT_MILLIS = 15_000;

  @Option(names = "--server", paramLabel = "URL", description = "address of the adapter or cluster")
  private @Nullable String server;

  @Option(
      names = "--certificate-authority",
      paramLabel = "FILE",
      description = "CA certificates that vouch for --server (PEM)")
  private @Nullable Path certificateAuthority;

  @Option(names = "--token", paramLabel = "TOKEN", description = "bearer token for --server")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file holding the bearer token for --server")
  private @Nullable Path tokenFile;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "kubeconfig to use (default: the adapter running on this machine, else the usual one)")
  private @Nullable Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "context of the kubeconfig")
  private @Nullable String context;

  /**
   * Opens a client that fails at once instead of trying for long: a person is waiting.
   *
   * @throws io.agentscale.adapter.cluster.NoClusterException if there is nothing to ask
   */
  public KubernetesClient open() throws IOException {
    Config config = config();
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout(TIMEOUT_MILLIS);
    config.setConnectionTimeout(TIMEOUT_MILLIS);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private Config config() throws IOException {
    if (server != null) {
      return serverConfig(server);
    }
    LocalKubeconfig local = LocalKubeconfig.ofUser(System.getenv());
    if (kubeconfig != null) {
      return fromFile(kubeconfig);
    }
    if (context != null) {
      return Config.autoConfigure(context);
    }
    return local.exists()
        ? fromFile(local.file())
        : ClusterConnection.find(Optional.empty()).config();
  }

  private Config fromFile(Path file) {
    return Config.fromKubeconfig(context, file.toFile());
  }

  private Config serverConfig(String url) throws IOException {
    ConfigBuilder builder = new ConfigBuilder(Config.empty()).withMasterUrl(url);
    if (certificateAuthority != null) {
      builder.withCaCertFile(certificateAuthority.toString());
    }
    String bearer = tokenFile == null ? token : Files.readString(tokenFile).strip();
    return bearer == null ? builder.build() : builder.withOauthToken(bearer).build();
  }
}
