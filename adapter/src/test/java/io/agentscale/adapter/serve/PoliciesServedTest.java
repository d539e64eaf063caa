// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.Main;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What a policy decides must reach an autoscaler through the real door, and a person's terminal.
 */
final class PoliciesServedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String EXTERNAL =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/agent-prod/agentscale_demand";
  private static final String OBJECT =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/deployments.apps/coder/agentscale_demand";

  @TempDir private Path directory;
  private final MockWebServer prometheus = new MockWebServer();
  private volatile String value = "100";
  private Adapter adapter;
  private MetricsReader reader;

  /** One policy, from the start to the end. */
  private record One(PolicyDefinition policy) implements PolicySource {
    @Override
    public void start(Listener listener) {
      listener.defined(policy);
    }

    @Override
    public boolean isSynced() {
      return true;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() throws IOException {
    prometheus.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
                        + "[{\"metric\":{},\"value\":[%d,\"%s\"]}]}}"
                            .formatted(System.currentTimeMillis() / 1000, value))
                .build();
          }
        });
    prometheus.start();
    Files.writeString(
        directory.resolve("objects.yaml"),
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: coder, namespace: agent-prod}}");
    AdapterConfig config =
        AdapterConfig.parse(
            "adapter.yaml",
            directory,
            """
            prometheus: {url: 'http://127.0.0.1:%d'}
            objects: {file: objects.yaml}
            server: {listen: 127.0.0.1, port: 0}
            ops: {listen: 127.0.0.1, port: 0}
            policies: {tick: 1s}
            """
                .formatted(prometheus.getPort()));
    adapter =
        Adapter.start(
            config,
            Optional.empty(),
            PolicyParts.ofServing(new One(Policies.coder()), _ -> Policies.target(4)),
            InstantSource.system());
    reader = new MetricsReader(adapter);
  }

  @AfterEach
  void stop() {
    reader.close();
    adapter.close();
    prometheus.close();
  }

  @Test
  void demand_reachesBothMetricsApis_theExposition_andTheTerminal() throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> reader.get(EXTERNAL + "?labelSelector=policy%3Dcoder").status() == 200);

    assertThat(
            reader
                .get(EXTERNAL + "?labelSelector=policy%3Dcoder")
                .body()
                .at("/items/0/value")
                .asText())
        .isEqualTo("100");
    assertThat(reader.get(OBJECT).body().at("/items/0/value").asText()).isEqualTo("100");
    assertThat(reader.get("/apis/external.metrics.k8s.io/v1beta1").body().toString())
        .contains("agentscale_demand");
    assertThat(reader.get("/apis/custom.metrics.k8s.io/v1beta2").body().toString())
        .contains("deployments.apps/agentscale_demand");
    assertThat(reader.get(EXTERNAL).body().at("/details/causes/0/message").asText())
        .contains("coder");

    assertThat(operations("/metrics"))
        .contains(
            "agentscale_policy_served_demand{namespace=\"agent-prod\",policy=\"coder\",} 100.0");
    assertThat(operations("/explain")).contains("\"name\":\"coder\"");
    assertThat(run("explain", "asp/coder", "-n", "agent-prod"))
        .contains("agent-prod/coder: Deployment/coder", "* live", "served: 100");
    assertThat(run("explain", "asp/coder", "-n", "agent-prod", "--since", "1h", "-o", "json"))
        .contains("\"decisions\"");
    assertThat(run("explain", "asp/planner", "-n", "agent-prod"))
        .contains("agentscale explain: no policy agent-prod/planner; there are coder");

    value = "240";
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                reader
                    .get(EXTERNAL + "?labelSelector=policy%3Dcoder")
                    .body()
                    .at("/items/0/value")
                    .asText()
                    .equals("240"));
    value = "NaN";
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                adapter.policies().all().stream()
                    .flatMap(snapshot -> snapshot.conditions().stream())
                    .anyMatch(condition -> condition.message().contains("NaN")));
    assertThat(
            reader
                .get(EXTERNAL + "?labelSelector=policy%3Dcoder")
                .body()
                .at("/items/0/value")
                .asText())
        .as("held")
        .isEqualTo("240");
  }

  private String operations(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + adapter.opsPort() + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private String run(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    CommandLine commands = Main.commandLine().setOut(writer).setErr(writer);
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--ops-url", "http://127.0.0.1:" + adapter.opsPort()));
    commands.execute(all.toArray(String[]::new));
    return text.toString();
  }
}
