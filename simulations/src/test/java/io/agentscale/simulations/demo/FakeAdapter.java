// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.agentscale.adapter.policy.DecisionRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An adapter over real HTTPS whose values are whatever a test says they are. */
final class FakeAdapter implements DemoAdapter {
  /** Values by metric and pod, as quantities. */
  final Map<String, Map<String, String>> values = new ConcurrentHashMap<>();

  boolean closed;

  private final Path certificateAuthority;
  private final HttpsServer server;

  FakeAdapter(Path directory, int port) throws IOException {
    HeldCertificate ca = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate serving =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").signedBy(ca).build();
    certificateAuthority = Files.writeString(directory.resolve("ca.crt"), ca.certificatePem());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            new HandshakeCertificates.Builder().heldCertificate(serving).build().sslContext()));
    server.createContext("/", this::answer);
    server.start();
  }

  @Override
  public URI server() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public Path certificateAuthority() {
    return certificateAuthority;
  }

  @Override
  public String token() {
    return "read-metrics";
  }

  @Override
  public URI operations() {
    return server().resolve("/operations");
  }

  @Override
  public Optional<DecisionRecord> decision() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String metric = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    Map<String, String> byPod = values.get(metric);
    if (!"Bearer read-metrics".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, "{\"kind\":\"Status\",\"message\":\"Unauthorized\"}");
    } else if (byPod == null) {
      send(exchange, 404, "{\"kind\":\"Status\",\"message\":\"no metric " + metric + "\"}");
    } else {
      send(exchange, 200, list(byPod));
    }
  }

  private static String list(Map<String, String> byPod) {
    ObjectNode list = new ObjectMapper().createObjectNode().put("kind", "MetricValueList");
    var items = list.putArray("items");
    byPod.forEach(
        (pod, value) -> {
          ObjectNode item = items.addObject().put("value", value);
          item.putObject("describedObject").put("name", pod);
        });
    return list.toString();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
