// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import io.agentscale.adapter.registration.RegistrationConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl top} is how people see that metrics.k8s.io is served at all. */
final class KubectlTopIT {
  private static final String OBJECTS =
      """
      {apiVersion: v1, kind: Pod, metadata: {name: coder-1, namespace: team, labels: {app: coder}}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: coder-2, namespace: team}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: other-1, namespace: else}}
      ---
      {apiVersion: v1, kind: Node, metadata: {name: n1}}
      """;
  private static final String RULE =
      "{containerQuery: 'sum(%s{<<.LabelMatchers>>}) by (<<.GroupBy>>)', nodeQuery:"
          + " 'sum(node_%s{<<.LabelMatchers>>}) by (<<.GroupBy>>)', containerLabel: container,"
          + " resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}, node:"
          + " {resource: node}}}}";
  private static final String NODES =
      """
      {"kind":"NodeList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"n1"},
       "status":{"allocatable":{"cpu":"4","memory":"8Gi"}}}]}
      """;

  @TempDir private Path directory;
  private FakePrometheus prometheus;
  private Adapter adapter;

  @BeforeEach
  void setUp() throws IOException {
    requireKubectl();
    prometheus = new FakePrometheus();
    prometheus.answer("sum(cpu{", rows("0.25"));
    prometheus.answer("sum(memory{", rows("67108864"));
    prometheus.answer("node_cpu", "{\"metric\":{\"node\":\"n1\"},\"value\":[1700000000,\"1\"]}");
    prometheus.answer(
        "node_memory", "{\"metric\":{\"node\":\"n1\"},\"value\":[1700000000,\"4294967296\"]}");
    Files.writeString(directory.resolve("objects.yaml"), OBJECTS);
    Files.writeString(directory.resolve("none"), "{apiVersion: v1, kind: Config}");
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            prometheus: {url: %s}
            objects: {file: objects.yaml}
            server: {listen: 127.0.0.1, port: 0}
            ops: {listen: 127.0.0.1, port: 0}
            resourceRules:
              cpu: %s
              memory: %s
              window: 1m
            """
                .formatted(
                    prometheus.url(),
                    RULE.formatted("cpu", "cpu"),
                    RULE.formatted("memory", "memory")));
    adapter =
        Adapter.start(
            new ConfigFile(config, read -> read),
            Optional.empty(),
            RegistrationConfig.NONE,
            InstantSource.system());
    Files.writeString(directory.resolve("ca.crt"), adapter.caPem().orElseThrow());
  }

  private static String rows(String value) {
    List<String> rows = new ArrayList<>();
    for (String pod : List.of("team/coder-1", "else/other-1")) {
      String[] parts = pod.split("/", -1);
      rows.add(
          "{\"metric\":{\"namespace\":\"%s\",\"pod\":\"%s\",\"container\":\"main\"},\"value\":[1700000000,\"%s\"]}"
              .formatted(parts[0], parts[1], value));
    }
    return String.join(",", rows);
  }

  private static void requireKubectl() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    if (System.getenv("CI") == null) {
      assumeTrue(found, "needs kubectl: install Debian's package kubernetes-client");
    }
    assertThat(found).as("kubectl, of Debian's package kubernetes-client").isTrue();
  }

  @AfterEach
  void tearDown() {
    if (adapter != null) {
      adapter.close();
      prometheus.close();
    }
  }

  private String kubectl(String server, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "kubectl",
                "--server=" + server,
                "--cache-dir=" + directory.resolve("cache"),
                "--kubeconfig=" + directory.resolve("none")));
    if (server.startsWith("https:")) {
      command.add("--certificate-authority=" + directory.resolve("ca.crt"));
      command.add("--token=" + adapter.localToken().orElseThrow().value());
    }
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kubectl ends in 60 s").isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  private static List<String> words(String output) {
    return output.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  @Test
  void topPods_showsTheKnownOnes() throws Exception {
    String server = "https://127.0.0.1:" + adapter.port();
    assertThat(words(kubectl(server, "top", "pods", "-n", "team")))
        .containsExactly("NAME CPU(cores) MEMORY(bytes)", "coder-1 250m 64Mi");
    assertThat(words(kubectl(server, "top", "pods", "-A", "--no-headers")))
        .containsExactlyInAnyOrder("team coder-1 250m 64Mi", "else other-1 250m 64Mi");
    assertThat(words(kubectl(server, "top", "pod", "coder-1", "-n", "team", "--containers")))
        .contains("coder-1 main 250m 64Mi");
    assertThat(words(kubectl(server, "top", "pods", "-n", "team", "-l", "app=coder")))
        .contains("coder-1 250m 64Mi");
    assertThat(
            words(kubectl(server, "api-resources", "--api-group=metrics.k8s.io", "--no-headers")))
        .anySatisfy(line -> assertThat(line).contains("pods", "PodMetrics", "true"))
        .anySatisfy(line -> assertThat(line).contains("nodes", "NodeMetrics", "false"));
  }

  /** The core API, which is asked for what a node has to give, is not ours: a proxy plays it. */
  @Test
  void topNodes_showsTheShareOfWhatIsAllocatable() throws Exception {
    try (AggregatedApi api = new AggregatedApi(adapter)) {
      assertThat(words(kubectl(api.url(), "top", "nodes")))
          .last()
          .asString()
          .matches("n1 1000m 25% 4096Mi 50%");
    }
  }

  /** A cluster's API server as kubectl sees it: nodes of its own, our answers for our group. */
  private static final class AggregatedApi implements AutoCloseable {
    private final Adapter adapter;
    private final HttpClient client;
    private final HttpServer server;

    AggregatedApi(Adapter adapter) throws Exception {
      this.adapter = adapter;
      this.client = HttpClient.newBuilder().sslContext(trusting(adapter)).build();
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/api/v1/nodes", exchange -> answer(exchange, 200, NODES));
      server.createContext("/", this::forward);
      server.start();
    }

    private static SSLContext trusting(Adapter adapter) throws Exception {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      byte[] pem = adapter.caPem().orElseThrow().getBytes(UTF_8);
      store.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem)));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void forward(HttpExchange exchange) throws IOException {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:" + adapter.port() + exchange.getRequestURI()))
              .header("Authorization", "Bearer " + adapter.localToken().orElseThrow().value())
              .header("Accept", "application/json")
              .build();
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        answer(exchange, response.statusCode(), response.body());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
      try (exchange) {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }

    @Override
    public void close() {
      server.stop(0);
      client.close();
    }
  }
}
