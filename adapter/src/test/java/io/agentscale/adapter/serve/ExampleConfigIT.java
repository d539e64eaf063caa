// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.config.AdapterConfig.Prometheus;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.prometheus.QuestionListener;
import io.agentscale.adapter.prometheus.RealPrometheus;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The configuration we ship is copied before it is understood: with it, a real Prometheus and the
 * HPAs that people run today, each metric must be what the pods exposed, asked as the HPA asks.
 */
final class ExampleConfigIT {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "adapter.yaml");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The newest samples of a counter may be one step old; over two minutes that is below 5 %. */
  private static final double RATE_TOLERANCE = 0.05;

  @TempDir private static Path directory;

  private static List<ExposingPod> pods = List.of();
  private static RealPrometheus prometheus;
  private static Adapter adapter;
  private static MetricsReader reader;

  /**
   * A Pods metric of an HPA, and what its pods expose.
   *
   * @param hpa its letter in the list of what people run, or what else it shows
   */
  record PodsMetric(
      String hpa, String namespace, String selector, String metric, Map<String, Double> exposed) {

    /** Returns the path that the HPA controller's client asks for. */
    String path(String version) {
      return "/apis/custom.metrics.k8s.io/%s/namespaces/%s/pods/%%2A/%s?labelSelector=%s"
          .formatted(version, namespace, metric, URLEncoder.encode(selector, UTF_8));
    }
  }

  private static final PodsMetric SERVICE_REQUESTS =
      new PodsMetric(
          "A",
          "production",
          "app=agent-service",
          "http_requests_per_second",
          Map.of("agent-service-5f7c9d8b6-abcde", 32.0, "agent-service-5f7c9d8b6-fghij", 47.5));

  static Stream<PodsMetric> podsMetrics() {
    return Stream.of(
        SERVICE_REQUESTS,
        new PodsMetric(
            "B",
            "agent-prod",
            "app=agent-api",
            "http_requests_per_second",
            Map.of("agent-api-7d4f5c6b7-k2m4n", 95.5)),
        new PodsMetric(
            "C",
            "ai-platform",
            "app in (ai-service)",
            "http_requests_waiting",
            Map.of("ai-service-6b8d7c9f5-2x4zq", 17.0, "ai-service-6b8d7c9f5-9w8vv", 0.0)),
        new PodsMetric(
            "E",
            "production",
            "app=agent-service",
            "agent_active_count",
            Map.of("agent-service-5f7c9d8b6-abcde", 41.0, "agent-service-5f7c9d8b6-fghij", 12.0)),
        new PodsMetric(
            "a model server",
            "ai-platform",
            "app=model-server",
            "inference_pending_requests",
            Map.of("model-0", 12.0)),
        // One pod has the series of our own contract, the other only one that is known for it.
        new PodsMetric(
            "a preset beside the rules",
            "production",
            "app=agent-service",
            "agent_concurrency",
            Map.of("agent-service-5f7c9d8b6-abcde", 44.0, "agent-service-5f7c9d8b6-fghij", 12.0)));
  }

  @BeforeAll
  static void start() throws Exception {
    pods = startPods();
    String targets = pods.stream().map(ExposingPod::scrapeTarget).collect(Collectors.joining());
    prometheus =
        RealPrometheus.start(
            "- job_name: pods\n  static_configs:\n" + targets, Duration.ofSeconds(1));
    awaitScraped();
    Path objects = directory.resolve("objects.yaml");
    Files.writeString(objects, objects());
    adapter =
        Adapter.start(
            onLoopback(AdapterConfig.load(EXAMPLE), objects),
            Optional.empty(),
            InstantSource.system());
    reader = new MetricsReader(adapter);
    await()
        .atMost(PATIENCE)
        .until(() -> reader.get(SERVICE_REQUESTS.path("v1beta2")).status() == 200);
  }

  @AfterAll
  static void stop() {
    if (reader != null) {
      reader.close();
    }
    if (adapter != null) {
      adapter.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
    pods.forEach(ExposingPod::close);
  }

  @ParameterizedTest
  @MethodSource("podsMetrics")
  void podsMetric_isWhatThePodsExposed(PodsMetric asked) {
    for (String version : List.of("v1beta1", "v1beta2")) {
      Map<String, Double> values = reader.values(asked.path(version));

      assertThat(values).as(version).hasSameSizeAs(asked.exposed);
      asked.exposed.forEach(
          (pod, exposed) -> assertThat(values.get(pod)).satisfies(close(exposed)));
    }
  }

  @Test
  void objectMetric_ofADeployment_isThePercentileOverItsPods() {
    // 10 a second in both pods, 9.8 of them below 5 s and all below 10 s: the 9.9th is halfway.
    for (String version : List.of("v1beta1", "v1beta2")) {
      String path =
          "/apis/custom.metrics.k8s.io/"
              + version
              + "/namespaces/ai-platform/deployments.apps/ai-service/"
              + "ai_llm_response_time_p99_seconds";
      assertThat(reader.values(path))
          .containsOnlyKeys("ai-service")
          .hasEntrySatisfying(
              "ai-service", value -> assertThat(value).isCloseTo(7.5, within(0.01)));
    }
  }

  @Test
  void namespace_isTheSumOfItsPods() {
    String path =
        "/apis/custom.metrics.k8s.io/v1beta2/namespaces/production/metrics/http_requests_per_second";

    assertThat(reader.value(path)).satisfies(close(32 + 47.5 + 7));
  }

  @Test
  void deploymentWithoutTheSeries_isAnErrorAndNoZero() {
    MetricsReader.Answer answer =
        reader.get(
            "/apis/custom.metrics.k8s.io/v1beta2/namespaces/production/deployments.apps/"
                + "agent-service/ai_llm_response_time_p99_seconds");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("message").asText())
        .contains("agent-service", "ai_llm_response_time_p99_seconds");
  }

  @Test
  void podByName_tellsWhatItIsAndWhen() {
    JsonNode item =
        reader
            .get(
                "/apis/custom.metrics.k8s.io/v1beta2/namespaces/production/pods/"
                    + "agent-service-5f7c9d8b6-abcde/agent_active_count")
            .body()
            .at("/items/0");

    assertThat(item.at("/describedObject/kind").asText()).isEqualTo("Pod");
    assertThat(item.at("/describedObject/namespace").asText()).isEqualTo("production");
    assertThat(item.at("/metric/name").asText()).isEqualTo("agent_active_count");
    assertThat(item.path("value").asText()).isEqualTo("41");
    assertThat(Instant.parse(item.path("timestamp").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void discovery_namesEveryMetricOfTheFile() {
    JsonNode resources = reader.get("/apis/custom.metrics.k8s.io/v1beta2").body().path("resources");

    assertThat(resources.findValuesAsText("name"))
        .contains(
            "pods/http_requests_per_second",
            "namespaces/http_requests_per_second",
            "pods/agent_active_count",
            "pods/http_requests_waiting",
            "pods/inference_pending_requests",
            "deployments.apps/ai_llm_response_time_p99_seconds",
            "pods/agent_concurrency",
            "pods/agent_tokens_per_minute",
            "pods/agent_queue_depth");
  }

  private static Consumer<Double> close(double exposed) {
    return value -> assertThat(value).isCloseTo(exposed, within(exposed * RATE_TOLERANCE));
  }

  private static List<ExposingPod> startPods() throws IOException {
    return List.of(
        new ExposingPod("production", "agent-service-5f7c9d8b6-abcde", "agent-service")
            .counter("http_requests_total{code=\"200\"}", 30)
            .counter("http_requests_total{code=\"500\"}", 2)
            .gauge("agent_active_count", 41)
            .gauge("agent_runs_in_flight", 44),
        new ExposingPod("production", "agent-service-5f7c9d8b6-fghij", "agent-service")
            .counter("http_requests_total", 47.5)
            .gauge("agent_active_count", 12),
        // Of the application, but without any of its series: it is left out, and no zero.
        new ExposingPod("production", "agent-service-5f7c9d8b6-zzzzz", "agent-service"),
        new ExposingPod("production", "billing-0", "billing")
            .counter("http_requests_total", 7)
            .gauge("agent_active_count", 1000),
        new ExposingPod("agent-prod", "agent-api-7d4f5c6b7-k2m4n", "agent-api")
            .counter("http_server_requests_seconds_count{uri=\"/run\",status=\"200\"}", 80)
            .counter("http_server_requests_seconds_count{uri=\"/plan\",status=\"200\"}", 15.5),
        latency("ai-service-6b8d7c9f5-2x4zq", 17, 4, 5, 5.8, 6),
        latency("ai-service-6b8d7c9f5-9w8vv", 0, 2, 4, 4, 4),
        new ExposingPod("ai-platform", "model-0", "model-server")
            .gauge("inference_pending_requests", 12));
  }

  private static ExposingPod latency(
      String name, double waiting, double below1, double below2, double below5, double below10)
      throws IOException {
    return new ExposingPod("ai-platform", name, "ai-service")
        .gauge("http_requests_waiting", waiting)
        .counter(bucket("1.0"), below1)
        .counter(bucket("2.5"), below2)
        .counter(bucket("5.0"), below5)
        .counter(bucket("10.0"), below10)
        .counter(bucket("+Inf"), below10);
  }

  private static String bucket(String bound) {
    return "ai_llm_response_time_seconds_bucket{le=\"" + bound + "\"}";
  }

  private static String objects() {
    return "apiVersion: v1\nkind: List\nitems:\n"
        + pods.stream().map(ExposingPod::manifest).collect(Collectors.joining())
        + """
        - {apiVersion: apps/v1, kind: Deployment, metadata: {name: ai-service, namespace: ai-platform}}
        - {apiVersion: apps/v1, kind: Deployment, metadata: {name: agent-service, namespace: production}}
        """;
  }

  private static AdapterConfig onLoopback(AdapterConfig file, Path objects) {
    Prometheus there = file.prometheus().orElseThrow();
    return new AdapterConfig(
        Optional.of(
            new Prometheus(
                prometheus.url(),
                there.timeout(),
                there.headers(),
                there.basicAuth(),
                there.bearerTokenFile(),
                there.tls())),
        file.backends(),
        file.scrape(),
        file.presets(),
        Optional.of(objects),
        new AdapterConfig.Server(
            "127.0.0.1", 0, Optional.empty(), file.server().requestTimeout(), file.server().auth()),
        new AdapterConfig.Ops("127.0.0.1", 0),
        file.mode(),
        file.rules(),
        file.policies());
  }

  /** Every pod once: the adapter lists the series when it starts. */
  private static void awaitScraped() {
    try (PrometheusClient client =
        new PrometheusClient(
            PrometheusConfig.at(prometheus.url()).withDeadline(PATIENCE), QuestionListener.NONE)) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                QueryResult up =
                    client.query("up == 1", Instant.now()).get(60, TimeUnit.SECONDS).data();
                return up instanceof QueryResult.Vector vector
                    && vector.rows().size() == pods.size();
              });
    }
  }
}
