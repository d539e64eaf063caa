// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A sample agent as the adapter meets it: a name, and an HTTP endpoint on loopback. */
final class SampleAgent implements AutoCloseable {
  static final String METRICS_PATH = "/metrics";

  private final String name;
  private final AgentMetrics metrics = new AgentMetrics();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Starts to answer on a free port. */
  SampleAgent(String name) throws IOException {
    this.name = name;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(requests);
    server.createContext("/", SampleAgent::notFound);
    server.createContext(METRICS_PATH, this::scrape);
    server.start();
  }

  String name() {
    return name;
  }

  AgentMetrics metrics() {
    return metrics;
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI metricsAddress() {
    return URI.create("http://127.0.0.1:" + port() + METRICS_PATH);
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }

  private void scrape(HttpExchange exchange) throws IOException {
    String type = TextFormat.chooseContentType(exchange.getRequestHeaders().getFirst("Accept"));
    var body = new ByteArrayOutputStream();
    try (var writer = new OutputStreamWriter(body, UTF_8)) {
      TextFormat.writeFormat(type, writer, metrics.registry().metricFamilySamples());
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    answer(exchange, 200, body.toByteArray());
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    answer(exchange, 404, "A sample agent: its metrics are at /metrics\n".getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
