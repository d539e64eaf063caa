// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the cluster is reached: where its API server is and who we are to it.
 *
 * @param config endpoint and credentials
 * @param origin where they were found, for the log
 */
public record ClusterConnection(Config config, String origin) {
  /** Names another file than the usual one, as the client library takes it. */
  private static final String TOKEN_FILE = "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN";

  private static final String IN_CLUSTER_HOST = "KUBERNETES_SERVICE_HOST";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Shared by all clients: each would examine the same classes by reflection again. */
  private static final KubernetesSerialization SERIALIZATION = serialization();

  /** The client's ten retries would make one call to a dead API server last twenty seconds. */
  private static final int RETRIES = 1;

  public ClusterConnection {
    config =
        new ConfigBuilder(config)
            .withConnectionTimeout((int) CONNECT_TIMEOUT.toMillis())
            .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
            .withRequestRetryBackoffLimit(RETRIES)
            // A web socket's handshake does not negotiate the metadata-only form.
            .withOnlyHttpWatches(true)
            .build();
  }

  /**
   * Looks for credentials as kubectl does: the file given, those of {@code KUBECONFIG}, {@code
   * ~/.kube/config}, then the service account of the pod we run in: {@code
   * KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN} and {@code KUBERNETES_CERTS_CA_FILE} name files other
   * than those a pod has.
   *
   * @throws NoClusterException saying where was looked
   */
  public static ClusterConnection find(Optional<Path> kubeconfig) {
    return find(kubeconfig, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static ClusterConnection find(
      Optional<Path> kubeconfig, Map<String, String> environment, Path home) {
    if (kubeconfig.isPresent()) {
      return fromFile(kubeconfig.get(), "--kubeconfig");
    }
    List<Path> listed = listed(environment.getOrDefault("KUBECONFIG", ""));
    if (!listed.isEmpty()) {
      return fromVariable(listed);
    }
    Path usual = home.resolve(".kube").resolve("config");
    if (Files.isReadable(usual)) {
      return fromFile(usual, "home directory");
    }
    boolean inCluster = environment.containsKey(IN_CLUSTER_HOST);
    Path token =
        Path.of(environment.getOrDefault(TOKEN_FILE, Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
    if (inCluster && Files.isReadable(token)) {
      return new ClusterConnection(Config.autoConfigure(null), "service account of this pod");
    }
    throw new NoClusterException(
        "no cluster: looked for --kubeconfig, KUBECONFIG, %s, and a service account (%s is %s, %s %s)"
            .formatted(
                usual,
                IN_CLUSTER_HOST,
                inCluster ? "set" : "not set",
                token,
                Files.isReadable(token) ? "exists" : "cannot be read"));
  }

  private static ClusterConnection fromVariable(List<Path> files) {
    if (files.size() == 1) {
      return fromFile(files.getFirst(), "KUBECONFIG");
    }
    if (files.stream().noneMatch(Files::isReadable)) {
      throw new NoClusterException("KUBECONFIG: none of " + files + " can be read");
    }
    // The client library merges them.
    return new ClusterConnection(Config.autoConfigure(null), "KUBECONFIG " + files);
  }

  private static List<Path> listed(String variable) {
    return Arrays.stream(variable.split(File.pathSeparator))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .toList();
  }

  private static ClusterConnection fromFile(Path file, String origin) {
    if (!Files.isReadable(file)) {
      throw new NoClusterException(origin + ": " + file + " cannot be read");
    }
    try {
      return new ClusterConnection(
          Config.fromKubeconfig(file.toFile()), origin + " " + file.toAbsolutePath());
    } catch (RuntimeException e) {
      throw new NoClusterException(origin + ": " + file + " is no kubeconfig: " + e.getMessage());
    }
  }

  /** Returns a client whose every request passes the interceptors. */
  KubernetesClient client(Interceptor... interceptors) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new ClusterHttp())
        .withKubernetesSerialization(SERIALIZATION)
        .withHttpClientBuilderConsumer(
            builder -> {
              for (Interceptor interceptor : interceptors) {
                builder.addOrReplaceInterceptor(interceptor.getClass().getName(), interceptor);
              }
            })
        .build();
  }

  /**
   * Does not look for the thousand kinds that the library has classes of: an object of a kind that
   * nobody asked for by class is a generic one. A watch that has to begin anew is told so by a
   * Status, which must be known as one.
   */
  private static KubernetesSerialization serialization() {
    var serialization = new KubernetesSerialization(new ObjectMapper(), false);
    serialization.registerKubernetesResource(Status.class);
    return serialization;
  }
}
