// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.concurrent.CountDownLatch;
import java.util.Set;
import java.util.Optional;
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

  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  FakePrometheus() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext(
        "/api/v1/query",
        exchange -> {
          String query = parameter(exchange, "query=");
          answer(exchange, query, vector(query));
        });
    server.createContext(
        "/api/v1/series",
        exchange -> {
          String selector = parameter(exchange, "match[]=");
          answer(exchange, selector, listed(selector));
        });
    server.createContext(
        "/api/v1/", exchange -> answer(exchange, "", "{\"status\":\"success\",\"data\":[]}"));
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

  /** Refuses whatever contains a text, as Prometheus refuses a query it cannot evaluate. */
  void refuse(String contained, String cause) {
    refused.put(contained, cause);
  }

  /** Never answers what contains a text. */
  void hang(String contained) {
    hanging.add(contained);
  }

  private String listed(String selector) {
    return "{\"status\":\"success\",\"data\":[%s]}".formatted(series.getOrDefault(selector, ""));
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

  private static String parameter(HttpExchange exchange, String name) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (String pair : URLDecoder.decode(form, UTF_8).split("&", -1)) {
      if (pair.startsWith(name)) {
        return pair.substring(name.length());
      }
    }
    return "";
  }

  private void answer(HttpExchange exchange, String question, String body) throws IOException {
    try (exchange) {
      if (hanging.stream().anyMatch(question::contains)) {
        closing.await();
      }
      Optional<String> cause =
          refused.entrySet().stream()
              .filter(entry -> question.contains(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst();
      byte[] bytes =
          cause
              .map(
                  text ->
                      "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"%s\"}"
                          .formatted(text))
              .orElse(body)
              .getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(cause.isPresent() ? 422 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
