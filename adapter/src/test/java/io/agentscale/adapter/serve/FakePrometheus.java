// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Prometheus on a free loopback port that answers each query with the rows a test gave it. */
final class FakePrometheus implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> rows = new ConcurrentHashMap<>();
  private final Map<String, String> series = new ConcurrentHashMap<>();

  FakePrometheus() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/api/v1/query", exchange -> answer(exchange, vector(query(exchange))));
    server.createContext("/api/v1/series", exchange -> answer(exchange, listed(exchange)));
    server.createContext(
        "/api/v1/", exchange -> answer(exchange, "{\"status\":\"success\",\"data\":[]}"));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Sets what queries are answered that contain a text.
   *
   * @param json the rows of the vector
   */
  void answer(String contained, String json) {
    rows.put(contained, json);
  }

  /** Sets which one series a selector finds. */
  void series(String selector, String name, String... labels) {
    StringBuilder json = new StringBuilder("{\"__name__\":\"" + name + "\"");
    for (String label : labels) {
      json.append(",\"").append(label).append("\":\"x\"");
    }
    series.put(selector, json.append('}').toString());
  }

  private String listed(HttpExchange exchange) throws IOException {
    return "{\"status\":\"success\",\"data\":[%s]}"
        .formatted(series.getOrDefault(parameter(exchange, "match[]="), ""));
  }

  private String vector(String query) {
    String found =
        rows.entrySet().stream()
            .filter(entry -> query.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}"
        .formatted(found);
  }

  private static String query(HttpExchange exchange) throws IOException {
    return parameter(exchange, "query=");
  }

  private static String parameter(HttpExchange exchange, String name) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (String pair : URLDecoder.decode(form, UTF_8).split("&", -1)) {
      if (pair.startsWith(name)) {
        return pair.substring(name.length());
      }
    }
    return "";
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
