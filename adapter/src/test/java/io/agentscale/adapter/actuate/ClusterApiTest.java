// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire decides what the API server does with it. */
final class ClusterApiTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();
  private volatile int code = 200;
  private Instant now = Fixture.TEN;
  private final ControlPlane controlPlane = ControlPlane.connect(connection());
  private final ClusterApi api = ClusterApi.of(controlPlane, () -> now);

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void listen() {
    server.createContext("/", this::answer);
    server.start();
  }

  private ClusterConnection connection() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
    return new ClusterConnection(config, "test");
  }

  @AfterEach
  void close() {
    controlPlane.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().getFirst("Content-Type")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      byte[] body = "{\"message\":\"told so\"}".getBytes(UTF_8);
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void requests_areWhatTheApiServerExpects() {
    var object = FakeCluster.JSON.createObjectNode().put("kind", "X");
    assertThat(api.get("/apis/a/b?labelSelector=c%3Dtrue").path("message").asText())
        .isEqualTo("told so");
    api.apply("/apis/a/b/c", object);
    api.merge("/apis/a/b/c", object);

    assertThat(requests.get(0)).startsWith("GET /apis/a/b?labelSelector=c%3Dtrue ");
    assertThat(requests.get(1))
        .startsWith("PATCH /apis/a/b/c?fieldManager=agentscale&force=true ")
        .contains("application/apply-patch+yaml")
        .endsWith("{\"kind\":\"X\"}");
    assertThat(requests.get(2))
        .startsWith("PATCH /apis/a/b/c?fieldManager=agentscale ")
        .contains("application/merge-patch+json")
        .endsWith("{\"kind\":\"X\"}");
  }

  @Test
  void refusals_areToldApart() {
    code = 409;
    assertThatExceptionOfType(ControlPlaneException.class)
        .isThrownBy(() -> api.get("/x"))
        .matches(ControlPlaneException::isConflict)
        .withMessageContaining("HTTP 409: told so");
    code = 403;
    assertThatExceptionOfType(ControlPlaneException.class)
        .isThrownBy(() -> api.get("/x"))
        .matches(ControlPlaneException::isForbidden);
    assertThat(requests).hasSize(2);
  }

  @Test
  void silence_isNotAskedAgainForAWhile_whateverTheClockDoes() {
    server.stop(0);
    assertThatExceptionOfType(ControlPlaneException.class)
        .isThrownBy(() -> api.get("/x"))
        .matches(ControlPlaneException::isUnanswered);
    now = Fixture.TEN.plusSeconds(14);
    assertThatExceptionOfType(ControlPlaneException.class)
        .isThrownBy(() -> api.get("/x"))
        .withMessageContaining("not asked again before 2026-01-01T10:00:15Z");
    now = Fixture.TEN.plusSeconds(15);
    assertThatExceptionOfType(ControlPlaneException.class)
        .isThrownBy(() -> api.get("/x"))
        .withMessageContaining("GET http://127.0.0.1");
    now = Fixture.TEN.minusSeconds(86_400);
    assertThatExceptionOfType(ControlPlaneException.class)
        .isThrownBy(() -> api.get("/x"))
        .withMessageContaining("GET http://127.0.0.1");
  }
}
