// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.ops.MetricsExporter.Exposition;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The port for operators, plain HTTP: {@code /metrics} for Prometheus and {@code /healthz} for
 * probes. It serves nothing but numbers about the service itself.
 */
public final class OperationsServer implements AutoCloseable {
  private static final int LONGEST_STOP_SECONDS = 1;
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final MetricsExporter metrics;
  private final Supplier<Optional<String>> sickness;

  private OperationsServer(
      HttpServer server, MetricsExporter metrics, Supplier<Optional<String>> sickness) {
    this.server = server;
    this.metrics = metrics;
    this.sickness = sickness;
  }

  /**
   * Starts to serve.
   *
   * @param address port 0 takes a free one
   * @param sickness why the service is not healthy; absent while it is
   * @throws IOException when the address cannot be bound
   */
  public static OperationsServer start(
      InetSocketAddress address, MetricsExporter metrics, Supplier<Optional<String>> sickness)
      throws IOException {
    HttpServer server = bind(address);
    OperationsServer operations = new OperationsServer(server, metrics, sickness);
    server.setExecutor(operations.workers);
    server.createContext("/", operations::handle);
    server.start();
    return operations;
  }

  private static HttpServer bind(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IOException("cannot serve /metrics and /healthz on " + address, e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      respond(exchange, answer(exchange));
    }
  }

  private record Answer(int code, String contentType, String text) {}

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    boolean known = path.equals("/metrics") || path.equals("/healthz");
    if (!known) {
      return new Answer(404, PLAIN_TEXT, "not found; here are /metrics and /healthz\n");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Answer(405, PLAIN_TEXT, "only GET and HEAD\n");
    }
    return path.equals("/metrics") ? metrics(exchange) : health();
  }

  private Answer metrics(HttpExchange exchange) {
    Exposition exposition = metrics.expose(exchange.getRequestHeaders().getFirst("Accept"));
    return new Answer(200, exposition.contentType(), exposition.text());
  }

  private Answer health() {
    return sickness
        .get()
        .map(cause -> new Answer(503, PLAIN_TEXT, cause + "\n"))
        .orElseGet(() -> new Answer(200, PLAIN_TEXT, "ok\n"));
  }

  private static void respond(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.code, -1);
      return;
    }
    exchange.sendResponseHeaders(answer.code, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(LONGEST_STOP_SECONDS);
    workers.shutdownNow();
  }
}
