// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.prometheus.RealPrometheus;
import io.agentscale.adapter.serve.Adapter;
import io.agentscale.adapter.serve.MetricsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A metric must not depend on the way it came: read from a real Prometheus that scrapes the agents,
 * or from the agents themselves, it is the same value within one scrape interval.
 *
 * <p>A seeded load runs on the agents up to the morning's rush and is then held, so that gauges can
 * be compared exactly. Tokens go on at an even pace, known to this test: a rate over {@value
 * #WINDOW_SECONDS} s of samples taken every second may be off by one sample at each end.
 */
final class TwoWaysIT {
  private static final long SEED = 7;
  private static final int WINDOW_SECONDS = 15;
  private static final double RATE_TOLERANCE = 2.0 / WINDOW_SECONDS;
  private static final Duration MORNING = Duration.ofHours(9);
  private static final Duration UNTIL_BUSY = Duration.ofMinutes(45);
  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String CUSTOM =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/" + DemoFiles.NAMESPACE;
  private static final String EXTERNAL =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/" + DemoFiles.NAMESPACE;

  /** Tokens each agent handles in a tenth of a second: 12,000, 24,000 and 6,000 a minute. */
  private static final Map<String, Integer> TOKENS =
      new TreeMap<>(Map.of("coder-0", 20, "coder-1", 40, "coder-2", 10));

  private static final Map<String, Double> TOKENS_PER_MINUTE =
      TOKENS.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, agent -> agent.getValue() * 600.0));

  private static SampleAgents agents;
  private static DemoFiles files;
  private static ScheduledExecutorService pace;
  private static RealPrometheus prometheus;
  private static Adapter overPrometheus;
  private static Adapter direct;
  private static MetricsReader viaPrometheus;
  private static MetricsReader viaScrape;

  @BeforeAll
  static void start() throws IOException {
    files = new DemoFiles();
    agents = new SampleAgents(files, InstantSource.system());
    Instant morning = Instant.EPOCH.plus(MORNING);
    new AgentFleet(agents, TOKENS.size(), 8, new WorkDay(SEED, morning), SEED, morning)
        .tick(morning.plus(UNTIL_BUSY));
    pace = Executors.newSingleThreadScheduledExecutor();
    var _ = pace.scheduleAtFixedRate(TwoWaysIT::spendTokens, 0, 100, TimeUnit.MILLISECONDS);
    prometheus = RealPrometheus.start(scrapeConfig(), SCRAPE_INTERVAL);
    overPrometheus = adapter("prometheus: {url: \"" + prometheus.url() + "\"}");
    direct = adapter("scrape: {interval: 1s, timeout: 1s, staleAfter: 10s}");
    viaPrometheus = new MetricsReader(overPrometheus);
    viaScrape = new MetricsReader(direct);
  }

  @AfterAll
  static void stop() throws IOException {
    viaScrape.close();
    viaPrometheus.close();
    direct.close();
    overPrometheus.close();
    prometheus.close();
    pace.shutdownNow();
    files.close();
    agents.close();
  }

  @Test
  void gauges_perPod_areWhatTheAgentsExpose() {
    Map<String, Double> concurrency = exposed("agent_runs_in_flight");
    Map<String, Double> queue = exposed("agent_queue_depth");
    assertThat(concurrency.values()).as("a load worth comparing").allMatch(runs -> runs > 0);
    assertThat(queue.values()).as("a load worth comparing").anyMatch(runs -> runs > 0);

    for (MetricsReader reader : List.of(viaPrometheus, viaScrape)) {
      eventually(() -> assertThat(pods(reader, "agent_concurrency")).isEqualTo(concurrency));
      eventually(() -> assertThat(pods(reader, "agent_queue_depth")).isEqualTo(queue));
    }
  }

  @Test
  void gauges_perNamespaceAndExternal_areTheirSums() {
    for (String metric : List.of("agent_concurrency", "agent_queue_depth")) {
      double sum = sum(exposed(metric.replace("agent_concurrency", "agent_runs_in_flight")));
      for (MetricsReader reader : List.of(viaPrometheus, viaScrape)) {
        eventually(
            () -> {
              assertThat(reader.value(CUSTOM + "/metrics/" + metric)).isEqualTo(sum);
              assertThat(reader.value(EXTERNAL + "/" + metric)).isEqualTo(sum);
            });
      }
    }
  }

  @Test
  void tokensPerMinute_isTheSameEitherWay_andThePaceTheAgentsKeep() {
    String metric = "agent_tokens_per_minute";
    double sum = sum(TOKENS_PER_MINUTE);

    eventually(
        () -> {
          Map<String, Double> one = pods(viaPrometheus, metric);
          Map<String, Double> other = pods(viaScrape, metric);
          TOKENS_PER_MINUTE.forEach(
              (pod, pace) -> {
                assertThat(one).hasEntrySatisfying(pod, value -> assertRate(value, pace));
                assertThat(other).hasEntrySatisfying(pod, value -> assertRate(value, pace));
                assertRate(one.getOrDefault(pod, 0.0), other.getOrDefault(pod, 0.0));
              });
          for (String path : List.of(CUSTOM + "/metrics/" + metric, EXTERNAL + "/" + metric)) {
            assertRate(viaPrometheus.value(path), sum);
            assertRate(viaScrape.value(path), sum);
          }
        });
  }

  private static void assertRate(double value, double pace) {
    assertThat(value).isCloseTo(pace, within(pace * RATE_TOLERANCE));
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  private static Map<String, Double> pods(MetricsReader reader, String metric) {
    return reader.values(CUSTOM + "/pods/%2A/" + metric + "?labelSelector=app%3Dcoder");
  }

  private static double sum(Map<String, Double> pods) {
    return pods.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<String, Double> exposed(String series) {
    return new TreeMap<>(
        agents.all().stream()
            .collect(
                Collectors.toMap(
                    SampleAgent::name,
                    agent -> agent.metrics().registry().getSampleValue(series))));
  }

  private static void spendTokens() {
    for (SampleAgent agent : agents.all()) {
      int tokens = requireNonNull(TOKENS.get(agent.name()));
      agent.metrics().modelCalled(tokens * 3 / 4, tokens - tokens * 3 / 4);
    }
  }

  private static String scrapeConfig() {
    return "- job_name: pods\n  static_configs:\n"
        + agents.all().stream()
            .map(
                agent ->
                    "  - targets: ['127.0.0.1:%d']\n    labels: {namespace: %s, pod: %s}\n"
                        .formatted(agent.port(), DemoFiles.NAMESPACE, agent.name()))
            .collect(Collectors.joining());
  }

  private static Adapter adapter(String source) throws IOException {
    Path directory = files.directory();
    return Adapter.start(
        AdapterConfig.parse(
            "adapter.yaml",
            directory,
            """
            %s
            objects: {file: %s}
            presets: {window: %ds}
            server: {listen: 127.0.0.1, port: 0}
            ops: {listen: 127.0.0.1, port: 0}
            """
                .formatted(source, files.objects().getFileName(), WINDOW_SECONDS)),
        Optional.empty(),
        InstantSource.system());
  }
}
