// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One process's line to a cluster's API server. Cut, it answers nothing any more, which is all that
 * a cluster sees of a process that was killed; it can be cut just before a write arrives, or just
 * after it was done.
 */
public final class ProcessLine implements AutoCloseable {
  private static final List<String> PASSED_ON = List.of("Authorization", "Content-Type", "Accept");

  /** Which write the process does not survive. */
  public record Fatal(String path, int nth, boolean isDone) {}

  private final Cluster cluster;
  private final HttpServer server;
  private final HttpClient upstream = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private volatile Optional<Fatal> fatal = Optional.empty();
  private int writes;
  private volatile boolean cut;

  public ProcessLine(Cluster cluster) {
    this.cluster = cluster;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Writes a kubeconfig that leads through this line. */
  public Path kubeconfig(Path directory) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Kubeconfig.write(directory, url, cluster.token());
  }

  /** Cuts the line at a write that is yet to come. */
  public synchronized void cutAt(Fatal write) {
    writes = 0;
    fatal = Optional.of(write);
  }

  /** Tells whether the process has listed a collection and follows it. */
  public boolean watches(String path) {
    return watched.contains(path);
  }

  /** Cuts the line now. */
  public void cut() {
    cut = true;
    server.stop(0);
  }

  public boolean isCut() {
    return cut;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Fatal> end = fatalWrite(exchange);
      if (end.isPresent() && !end.get().isDone) {
        cut();
      }
      if (!cut) {
        pass(exchange, end.isPresent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Fatal> fatalWrite(HttpExchange exchange) {
    boolean isRead = exchange.getRequestMethod().equals("GET");
    String path = exchange.getRequestURI().getPath();
    return fatal.filter(end -> !isRead && end.path.equals(path) && ++writes == end.nth);
  }

  private void pass(HttpExchange exchange, boolean isLast)
      throws IOException, InterruptedException {
    String path = exchange.getRequestURI().toString();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (path.contains("watch=true")) {
      watched.add(exchange.getRequestURI().getPath());
      Optional<WatchEvents> events = cluster.watch(path);
      if (events.isPresent()) {
        tell(exchange, events.get());
        return;
      }
    }
    HttpResponse<InputStream> answer =
        upstream.send(request(exchange, path), HttpResponse.BodyHandlers.ofInputStream());
    if (isLast) {
      cut();
      return;
    }
    try (InputStream body = answer.body()) {
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      OutputStream out = exchange.getResponseBody();
      byte[] part = new byte[8192];
      for (int read = body.read(part); read >= 0; read = body.read(part)) {
        out.write(part, 0, read);
        out.flush();
      }
    }
  }

  private HttpRequest request(HttpExchange exchange, String path) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cluster.url() + path))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    return request.build();
  }

  private void tell(HttpExchange exchange, WatchEvents events)
      throws IOException, InterruptedException {
    try {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      for (var event = events.next(); event.isPresent(); event = events.next()) {
        exchange.getResponseBody().write((event.get() + "\n").getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    } finally {
      cluster.end(events);
    }
  }

  @Override
  public void close() {
    cut();
    threads.shutdownNow();
    upstream.shutdownNow();
  }
}
