// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that cannot be scraped, or reports wrong units, is operated blind. */
final class OperationsServerTest {
  private final MetricsExporter metrics = new MetricsExporter();
  private final AtomicReference<Optional<String>> sickness =
      new AtomicReference<>(Optional.empty());
  private final HttpClient client = HttpClient.newHttpClient();
  private OperationsServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        OperationsServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            metrics,
            sickness::get,
            Map.of(
                "page",
                (path, query) -> new OperationsServer.Answer(200, "text/plain", path + query)));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void metrics_everythingRecorded_isExposedInSecondsWithLabels() throws Exception {
    metrics.requestAnswered("/apis/{group}", 200, Duration.ofMillis(250));
    metrics.requestAnswered("/apis/{group}", 404, Duration.ofMillis(250));
    metrics.prometheusAnswered(Duration.ofMillis(500));
    metrics.prometheusFailed("timeout", Duration.ofMillis(500));
    metrics.scraped("ok", Duration.ofMillis(100));
    metrics.showSampleAges(() -> Map.of("agent_concurrency", Duration.ofMillis(1500)));

    HttpResponse<String> response = send("GET", "/metrics", "text/plain");

    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, Double> samples = ExpositionText.parse(response.body());
    assertThat(samples)
        .containsEntry("agentscale_requests_total{route=\"/apis/{group}\",code=\"200\",}", 1.0)
        .containsEntry("agentscale_requests_total{route=\"/apis/{group}\",code=\"404\",}", 1.0)
        .containsEntry("agentscale_request_duration_seconds_count{route=\"/apis/{group}\",}", 2.0)
        .containsEntry(
            "agentscale_request_duration_seconds{route=\"/apis/{group}\",quantile=\"0.99\",}", 0.25)
        .containsEntry("agentscale_prometheus_query_duration_seconds_count", 2.0)
        .containsEntry("agentscale_prometheus_query_failures_total{kind=\"timeout\",}", 1.0)
        .containsEntry("agentscale_scrapes_total{outcome=\"ok\",}", 1.0)
        .containsEntry("agentscale_scrape_duration_seconds{quantile=\"0.5\",}", 0.1)
        .containsEntry("agentscale_sample_age_seconds{metric=\"agent_concurrency\",}", 1.5);
    assertThat(samples.keySet())
        .anyMatch(name -> name.startsWith("agentscale_build_info{version="))
        .anyMatch(name -> name.startsWith("jvm_memory_bytes_used"));
    assertThat(response.body()).contains("# HELP agentscale_request_duration_seconds Time from");
  }

  @Test
  void metrics_openMetricsAccepted_isNegotiatedAndTerminated() throws Exception {
    HttpResponse<String> response =
        send("GET", "/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).endsWith("# EOF\n");
  }

  @Test
  void healthz_followsTheService() throws Exception {
    assertThat(send("GET", "/healthz", "*/*").body()).isEqualTo("ok\n");
    sickness.set(Optional.of("no sample for 10 minutes"));
    HttpResponse<String> response = send("GET", "/healthz", "*/*");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("no sample for 10 minutes\n");
  }

  @Test
  void otherRequests_areRefusedAsHttpSays() throws Exception {
    HttpResponse<String> head = send("HEAD", "/metrics", "text/plain");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();

    assertThat(send("GET", "/metrics/more", "*/*").statusCode()).isEqualTo(404);

    HttpResponse<String> post = send("POST", "/healthz", "*/*");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  private HttpResponse<String> send(String method, String path, String accept)
      throws IOException, InterruptedException {
    InetSocketAddress address = server.address();
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
