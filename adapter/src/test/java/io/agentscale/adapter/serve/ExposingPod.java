// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pod with an exposition on loopback: gauges that hold still, and counters that grow evenly and
 * have done so for minutes already, told as samples with their times. So a rate over them is known
 * from the first scrape on, however slow this machine is: each scrape tells what came since.
 */
final class ExposingPod implements AutoCloseable {
  private static final long STEP_MILLIS = 5_000;
  private static final long HISTORY_MILLIS = 200_000;

  private final String namespace;
  private final String name;
  private final String app;
  private final Map<String, Double> gauges = new LinkedHashMap<>();
  private final Map<String, Double> perSecond = new LinkedHashMap<>();
  private final HttpServer server;
  private long toldMillis = step(InstantSource.system().millis() - HISTORY_MILLIS);

  ExposingPod(String namespace, String name, String app) throws IOException {
    this.namespace = namespace;
    this.name = name;
    this.app = app;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::scrape);
    server.start();
  }

  ExposingPod gauge(String series, double value) {
    gauges.put(series, value);
    return this;
  }

  ExposingPod counter(String series, double growthPerSecond) {
    perSecond.put(series, growthPerSecond);
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Returns what makes Prometheus scrape it with the labels that pod discovery sets. */
  String scrapeTarget() {
    return "  - targets: ['127.0.0.1:%d']\n    labels: {namespace: %s, pod: %s}\n"
        .formatted(port(), namespace, name);
  }

  String manifest() {
    return """
        - apiVersion: v1
          kind: Pod
          metadata:
            name: %s
            namespace: %s
            labels: {app: %s}
            annotations: {prometheus.io/scrape: "true", prometheus.io/port: "%d"}
          status: {podIP: 127.0.0.1}
        """
        .formatted(name, namespace, app, port());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void scrape(HttpExchange exchange) throws IOException {
    byte[] body = expose().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized String expose() {
    StringBuilder text = new StringBuilder();
    gauges.forEach((series, value) -> text.append("%s %s\n".formatted(series, value)));
    long now = step(InstantSource.system().millis());
    for (Map.Entry<String, Double> counter : perSecond.entrySet()) {
      for (long at = toldMillis + STEP_MILLIS; at <= now; at += STEP_MILLIS) {
        double value = counter.getValue() * (at / 1000.0);
        text.append("%s %s %d\n".formatted(counter.getKey(), value, at));
      }
    }
    toldMillis = Math.max(toldMillis, now);
    return text.toString();
  }

  private static long step(long millis) {
    return millis - millis % STEP_MILLIS;
  }
}
