// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Prometheus that answers at once, with a row for every pod a query asks for, whether it asks for
 * some of one namespace or for all.
 */
final class ScriptedPrometheus implements AutoCloseable {
  private static final Pattern NAMESPACE = Pattern.compile("namespace=\"([^\"]*)\"");
  private static final Pattern PODS = Pattern.compile("pod=~?\"([^\"]*)\"");
  private static final int WIDE_FAMILIES = 400;
  private static final int SERIES_IN_ONE_WRITE = 1000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Cluster cluster;
  private final AtomicLong queries = new AtomicLong();
  private final AtomicLong seriesLists = new AtomicLong();
  private volatile boolean hanging;

  ScriptedPrometheus(Cluster cluster) throws IOException {
    this.cluster = cluster;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext(
        "/api/v1/query",
        exchange -> {
          String form = body(exchange);
          if (!hanging) {
            answer(exchange, query(form));
          }
        });
    server.createContext(
        "/api/v1/label/__name__/values",
        exchange -> answer(exchange, success(names(exchange.getRequestURI()))));
    server.createContext(
        "/api/v1/labels",
        exchange -> answer(exchange, success("[\"__name__\",\"namespace\",\"pod\"]")));
    server.createContext("/api/v1/series", this::series);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns how many queries were asked so far. */
  long queries() {
    return queries.get();
  }

  /** Returns how often all series of a selector were asked for. */
  long seriesLists() {
    return seriesLists.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  /** From now on takes questions and answers none. */
  void hang() {
    hanging = true;
  }

  /** Lists every series of the wide families, as a Prometheus does that is asked for all. */
  private void series(HttpExchange exchange) throws IOException {
    seriesLists.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("{\"status\":\"success\",\"data\":[".getBytes(StandardCharsets.UTF_8));
      StringBuilder some = new StringBuilder();
      for (int i = 0; i < WIDE_FAMILIES * cluster.podsEach() * cluster.namespaces(); i++) {
        some.append(i == 0 ? "" : ",")
            .append("{\"__name__\":\"wide_")
            .append(i % WIDE_FAMILIES)
            .append("\",\"namespace\":\"team-0\",\"pod\":\"p-")
            .append(i / WIDE_FAMILIES)
            .append("\"}");
        if (i % SERIES_IN_ONE_WRITE == 0) {
          out.write(some.toString().getBytes(StandardCharsets.UTF_8));
          some.setLength(0);
        }
      }
      out.write(some.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A rule on {@code wide_*} has hundreds of families, as one on all containers' series does. */
  private static String names(URI uri) {
    String selector = URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8);
    for (String name : Set.of("runs_in_flight", "tokens_waiting", "queue_length")) {
      if (selector.contains(name)) {
        return "[\"" + name + "\"]";
      }
    }
    StringBuilder names = new StringBuilder("[");
    for (int i = 0; i < WIDE_FAMILIES; i++) {
      names.append(i == 0 ? "" : ",").append("\"wide_").append(i).append('"');
    }
    return names.append(']').toString();
  }

  private String query(String form) {
    queries.incrementAndGet();
    String promql = "";
    String time = "0";
    for (String field : form.split("&", -1)) {
      String value =
          URLDecoder.decode(field.substring(field.indexOf('=') + 1), StandardCharsets.UTF_8);
      promql = field.startsWith("query=") ? value : promql;
      time = field.startsWith("time=") ? value : time;
    }
    StringBuilder rows = new StringBuilder();
    rows(promql, time, rows);
    return success("{\"resultType\":\"vector\",\"result\":[" + rows + "]}");
  }

  private void rows(String promql, String time, StringBuilder rows) {
    boolean batched = promql.contains("agentscale_part");
    Matcher namespace = NAMESPACE.matcher(promql);
    String only = namespace.find() ? namespace.group(1) : "";
    Matcher pods = PODS.matcher(promql);
    Set<String> named = pods.find() ? Set.of(pods.group(1).split("\\|")) : Set.of();
    for (int n = 0; n < cluster.namespaces(); n++) {
      String here = Cluster.namespace(n);
      if (!only.isEmpty() && !only.equals(here)) {
        continue;
      }
      if (promql.contains("queue_length")) {
        String labels = batched ? "\"namespace\":\"" + here + "\"" : "";
        rows(rows, labels, 17 + n, time, batched);
        continue;
      }
      for (int p = 0; p < cluster.podsEach(); p++) {
        String pod = Cluster.pod(n, p);
        if (named.isEmpty() || named.contains(pod)) {
          String labels =
              (batched ? "\"namespace\":\"" + here + "\"," : "") + "\"pod\":\"" + pod + '"';
          rows(rows, labels, p * 0.25, time, batched);
        }
      }
    }
  }

  private static void rows(
      StringBuilder rows, String labels, double value, String time, boolean batched) {
    row(rows, labels + (batched ? ",\"agentscale_part\":\"value\"" : ""), value, time);
    if (batched) {
      String sampled = Long.toString(Instant.now().getEpochSecond() - 2);
      row(rows, labels + ",\"agentscale_part\":\"time0\"", Double.parseDouble(sampled), time);
    }
  }

  private static void row(StringBuilder rows, String labels, double value, String time) {
    rows.append(rows.isEmpty() ? "" : ",")
        .append("{\"metric\":{")
        .append(labels)
        .append("},\"value\":[")
        .append(time)
        .append(",\"")
        .append(value)
        .append("\"]}");
  }

  private static String success(String data) {
    return "{\"status\":\"success\",\"data\":" + data + "}";
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
