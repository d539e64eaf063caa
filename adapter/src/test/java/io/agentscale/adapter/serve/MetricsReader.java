// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.core.metric.Quantity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks a running adapter as a stranger would: over HTTPS, trusting its generated CA alone, with its
 * generated token.
 */
public final class MetricsReader implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final URI server;
  private final String token;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  public MetricsReader(Adapter adapter) {
    this.server = URI.create("https://127.0.0.1:" + adapter.port());
    this.token = adapter.localToken().orElseThrow().value();
    this.http = HttpClient.newBuilder().sslContext(trusting(adapter.caPem().orElseThrow())).build();
  }

  /**
   * What was answered.
   *
   * @param status of HTTP
   * @param body as JSON
   */
  public record Answer(int status, JsonNode body) {}

  /** Asks for a path with its query, sent as it is written. */
  public Answer get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(DEADLINE)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), json.readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError("no answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the values of a list by the names of the objects they describe. */
  public Map<String, Double> values(String path) {
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode item : items(path)) {
      values.put(item.at("/describedObject/name").asText(), number(item));
    }
    return values;
  }

  /** Returns the only value of a list. */
  public double value(String path) {
    JsonNode items = items(path);
    assertThat(items).as(path).hasSize(1);
    return number(items.get(0));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private JsonNode items(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body().path("items");
  }

  private static double number(JsonNode item) {
    return Quantity.parse(item.path("value").asText()).doubleValue();
  }

  private static SSLContext trusting(String caPem) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(caPem.getBytes(UTF_8))));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("not a certificate that can be trusted", e);
    }
  }
}
