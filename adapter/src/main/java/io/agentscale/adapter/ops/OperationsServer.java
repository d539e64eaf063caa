// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.ops.MetricsExporter.Exposition;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The port for operators, plain HTTP: {@code /metrics} for Prometheus, {@code /healthz} for probes,
 * and the pages the service adds. Nothing can be changed through it.
 */
public final class OperationsServer implements AutoCloseable {
  private static final int LONGEST_STOP_SECONDS = 1;
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final MetricsExporter metrics;
  private final Supplier<Optional<String>> sickness;
  private final Map<String, Page> pages;

  /** Something to read, at a path or below it. */
  @FunctionalInterface
  public interface Page {
    /**
     * Answers a request.
     *
     * @param path below the page's own, without a slash before it; empty for the page itself
     * @param query the parameters, decoded
     */
    Answer get(String path, Map<String, String> query);
  }

  /**
   * What is sent back.
   *
   * @param code HTTP status
   */
  public record Answer(int code, String contentType, String text) {}

  private OperationsServer(
      HttpServer server,
      MetricsExporter metrics,
      Supplier<Optional<String>> sickness,
      Map<String, Page> pages) {
    this.server = server;
    this.metrics = metrics;
    this.sickness = sickness;
    this.pages = new TreeMap<>(pages);
  }

  /**
   * Starts to serve.
   *
   * @param address port 0 takes a free one
   * @param sickness why the service is not healthy; absent while it is
   * @param pages by their first path segment, such as {@code explain}
   * @throws IOException when the address cannot be bound
   */
  public static OperationsServer start(
      InetSocketAddress address,
      MetricsExporter metrics,
      Supplier<Optional<String>> sickness,
      Map<String, Page> pages)
      throws IOException {
    HttpServer server = bind(address);
    OperationsServer operations = new OperationsServer(server, metrics, sickness, pages);
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

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    int slash = path.indexOf('/', 1);
    String first = path.substring(Math.min(1, path.length()), slash < 0 ? path.length() : slash);
    Optional<Page> page = Optional.ofNullable(pages.get(first));
    boolean known = path.equals("/metrics") || path.equals("/healthz") || page.isPresent();
    if (!known) {
      return new Answer(404, PLAIN_TEXT, "not found; here are " + places() + "\n");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Answer(405, PLAIN_TEXT, "only GET and HEAD\n");
    }
    if (page.isPresent()) {
      String below = slash < 0 ? "" : path.substring(slash + 1);
      return page.get().get(below, parameters(exchange.getRequestURI().getRawQuery()));
    }
    return path.equals("/metrics") ? metrics(exchange) : health();
  }

  private String places() {
    List<String> places = new ArrayList<>(List.of("/metrics", "/healthz"));
    pages.keySet().forEach(page -> places.add("/" + page));
    return String.join(", ", places.subList(0, places.size() - 1)) + " and " + places.getLast();
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return parameters;
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
