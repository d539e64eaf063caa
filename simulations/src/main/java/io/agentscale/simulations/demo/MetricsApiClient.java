// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.metric.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads the demo's values where an HPA would: from the metrics API, over HTTPS. */
final class MetricsApiClient implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final DemoAdapter adapter;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  MetricsApiClient(DemoAdapter adapter) throws IOException {
    this.adapter = adapter;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(DEADLINE)
            .sslContext(trusting(adapter.certificateAuthority()))
            .build();
  }

  /** Asks for every metric of every pod; what cannot be read is unknown, with its cause. */
  DemoSnapshot read(LoopState loop, Instant now) throws InterruptedException {
    Map<String, Map<DemoMetric, Quantity>> known = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (DemoMetric metric : DemoMetric.values()) {
      try {
        read(metric)
            .forEach(
                (pod, value) ->
                    known
                        .computeIfAbsent(pod, p -> new EnumMap<>(DemoMetric.class))
                        .put(metric, value));
      } catch (IOException e) {
        problems.add(metric.metricName() + ": " + e.getMessage());
      }
    }
    List<DemoSnapshot.Pod> pods =
        loop.fleet().pods().stream()
            .map(name -> new DemoSnapshot.Pod(name, known.getOrDefault(name, Map.of())))
            .toList();
    return new DemoSnapshot(now, pods, problems, loop);
  }

  /** Asks for the demand of a policy, as its HorizontalPodAutoscaler would. */
  MetricReading demand(String policy) throws InterruptedException {
    try {
      List<Quantity> values = new ArrayList<>();
      for (JsonNode item : items(MetricPaths.demand(policy))) {
        values.add(Quantity.parse(item.path("value").asText()));
      }
      return new MetricReading.Series(values);
    } catch (IOException e) {
      return new MetricReading.Failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Map<String, Quantity> read(DemoMetric metric) throws IOException, InterruptedException {
    Map<String, Quantity> values = new HashMap<>();
    for (JsonNode item : items(MetricPaths.ofAllPods(metric))) {
      values.put(
          item.path("describedObject").path("name").asText(),
          Quantity.parse(item.path("value").asText()));
    }
    return values;
  }

  private JsonNode items(URI path) throws IOException, InterruptedException {
    URI address = adapter.server().resolve(path);
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(address)
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + adapter.token())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("HTTP " + response.statusCode() + ": " + message(response.body()));
    }
    return json.readTree(response.body()).path("items");
  }

  /** Returns the message of a Kubernetes Status, or else the answer as it is. */
  private String message(String body) {
    try {
      return json.readTree(body).path("message").asText(body);
    } catch (IOException e) {
      return body;
    }
  }

  private static SSLContext trusting(Path certificateAuthority) throws IOException {
    try (InputStream pem = Files.newInputStream(certificateAuthority)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), ca);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(certificateAuthority + ": not a certificate that can be trusted", e);
    }
  }
}
