// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An API server in as many lines as list, watch and discovery take, which records what is asked of
 * it and fails on demand.
 */
final class FakeApiServer implements AutoCloseable {
  /** Ends a watch. */
  static final String END = "";

  private final HttpServer server;
  final List<Request> requests = new CopyOnWriteArrayList<>();
  final Map<String, String> documents = new ConcurrentHashMap<>();
  final BlockingQueue<String> patches = new LinkedBlockingQueue<>();
  final BlockingQueue<String> watchEvents = new LinkedBlockingQueue<>();
  volatile Optional<Integer> failure = Optional.empty();

  /** A request as it arrived. */
  record Request(String path, String query, String accept) {
    boolean isWatch() {
      return query.contains("watch=true");
    }
  }

  FakeApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  ClusterConnection connection() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withWatchReconnectInterval(10)
            .build();
    return new ClusterConnection(config, "fake");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
      Request request =
          new Request(
              exchange.getRequestURI().getPath(),
              query,
              exchange.getRequestHeaders().getFirst("Accept"));
      requests.add(request);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (failure.isPresent()) {
        send(exchange, failure.get(), "{\"kind\":\"Status\",\"message\":\"told to fail\"}");
      } else if (exchange.getRequestMethod().equals("PATCH")) {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        patches.add(
            exchange.getRequestHeaders().getFirst("Content-Type")
                + " "
                + exchange.getRequestURI()
                + " "
                + body);
        send(exchange, 200, body);
      } else if (request.isWatch()) {
        watch(exchange);
      } else {
        String document = documents.get(request.path());
        send(exchange, document == null ? 404 : 200, document == null ? "{}" : document);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    for (String event = watchEvents.take(); !event.equals(END); event = watchEvents.take()) {
      exchange.getResponseBody().write((event + "\n").getBytes(UTF_8));
      exchange.getResponseBody().flush();
    }
  }

  private static void send(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    watchEvents.add(END);
    server.stop(0);
  }
}
