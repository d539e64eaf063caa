// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scrapers of any make must read the sample agents, or the demo only speaks to itself. */
final class SampleAgentTest {
  private final SampleAgent agent;
  private final HttpClient http = HttpClient.newHttpClient();

  SampleAgentTest() throws IOException {
    agent = new SampleAgent("coder-0");
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    agent.close();
  }

  @Test
  void scrape_prometheusText_holdsTheContract() throws Exception {
    work();

    HttpResponse<String> answer = get(agent.metricsAddress(), "text/plain");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(samples(answer.body()))
        .containsEntry("agent_runs_in_flight", 5.0)
        .containsEntry("agent_queue_depth", 2.0)
        .containsEntry("agent_tokens_total{type=\"prompt\",}", 900.0)
        .containsEntry("agent_tokens_total{type=\"completion\",}", 100.0)
        .containsEntry("agent_errors_total", 1.0)
        .containsEntry("agent_run_duration_seconds_bucket{le=\"5.0\",}", 1.0)
        .containsEntry("agent_run_duration_seconds_sum", 4.5);
  }

  @Test
  void scrape_openMetrics_isServedToWhoAsksForIt() throws Exception {
    work();

    HttpResponse<String> answer =
        get(agent.metricsAddress(), "application/openmetrics-text; version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(answer.body()).contains("# TYPE agent_tokens counter").endsWith("# EOF\n");
    assertThat(samples(answer.body())).containsEntry("agent_queue_depth", 2.0);
  }

  @Test
  void otherPath_isNotFoundAndSaysWhereTheMetricsAre() throws Exception {
    HttpResponse<String> answer = get(agent.metricsAddress().resolve("/"), "*/*");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/metrics");
  }

  @Test
  void agents_countApart() throws Exception {
    work();
    try (var other = new SampleAgent("coder-1")) {
      assertThat(samples(get(other.metricsAddress(), "*/*").body()))
          .containsEntry("agent_runs_in_flight", 0.0);
    }
  }

  private void work() {
    agent.metrics().runs(3, 2);
    agent.metrics().modelCalled(900, 100);
    agent.metrics().runEnded(Duration.ofMillis(4500), true);
  }

  private HttpResponse<String> get(URI address, String accept) throws Exception {
    return http.send(
        HttpRequest.newBuilder(address).header("Accept", accept).build(), BodyHandlers.ofString());
  }

  private static Map<String, Double> samples(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(parts -> parts[0], parts -> Double.parseDouble(parts[1])));
  }
}
