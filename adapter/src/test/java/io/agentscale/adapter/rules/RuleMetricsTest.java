// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.prometheus.CircuitBreaker;
import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Refused;
import io.agentscale.apiservice.provider.Answer.Values;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Autoscalers must cost Prometheus nothing each, and a Prometheus that dies, hangs or answers
 * otherwise than it should must never make a wrong value or a long wait of it.
 */
final class RuleMetricsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Long enough for a busy machine, short enough to wait for twice. */
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private static final CircuitBreaker.Limits BREAKER =
      new CircuitBreaker.Limits(1, Duration.ofSeconds(1), Duration.ofSeconds(5), 512);
  private static final Pattern ALONE = Pattern.compile("namespace=\"(\\w+)\",pod=~?\"([^\"]*)\"");
  private static final List<String> NAMESPACES = List.of("a", "b", "c");
  private static final List<String> PODS = List.of("p0", "p1", "p2");
  private static final String YAML =
      """
      rules:
      - seriesQuery: 'runs{namespace!="",pod!=""}'
        resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
        metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'
      externalRules:
      - seriesQuery: 'queue'
        metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>})'
      """;

  /** How the server behaves. */
  private enum Mood {
    WORKS,
    /** Knows queries for one namespace only. */
    REFUSES_BATCHES,
    /** Answers every query for all with the values of others. */
    MISTAKES_BATCHES,
    FAILS,
    HANGS
  }

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<Boolean> compared = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService serving = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Mood mood = Mood.WORKS;
  private volatile Instant now = START;
  private HttpServer server;
  private PrometheusClient client;
  private RuleBackend backend;
  private RuleMetrics metrics;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::serve);
    server.setExecutor(serving);
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    client = new PrometheusClient(PrometheusConfig.at(url).withDeadline(DEADLINE), (_, _, _) -> {});
    backend =
        new RuleBackend(
            new GuardedPrometheus(client, () -> now, BREAKER),
            () -> now,
            new FreshCache.Limits(
                Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 1000));
    RuleDiscovery discovery =
        new RuleDiscovery(
            Rules.read(YAML, RuleMode.SAFE),
            Kinds.RECORDED,
            Map.of("", backend),
            Duration.ofMinutes(1));
    discovery.relist(now).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(discovery.failures()).isEmpty();
    asked.clear();
    metrics =
        new RuleMetrics(
            discovery, Kinds.RECORDED, new NoObjects(), () -> now, false, compared::add);
  }

  @AfterEach
  void stop() {
    closing.countDown();
    client.close();
    server.stop(0);
    serving.close();
  }

  @Test
  void questionsOfAllNamespaces_areOneQueryAndOneComparison() {
    for (String namespace : NAMESPACES) {
      assertThat(values(namespace, PODS)).isEqualTo(expected(namespace, PODS));
      assertThat(values(namespace, List.of("p1"))).isEqualTo(expected(namespace, List.of("p1")));
    }
    assertThat(asked).hasSize(2);
    assertThat(compared).containsExactly(true);
    now = now.plusSeconds(6);
    NAMESPACES.forEach(namespace -> values(namespace, PODS));
    assertThat(asked).hasSize(3);
  }

  @Test
  void externalTotals_areOneQueryForAllNamespaces_withoutItsLabel() {
    for (String namespace : NAMESPACES) {
      Values<ExternalMetricValue> answer = (Values<ExternalMetricValue>) external(namespace);
      assertThat(answer.items())
          .singleElement()
          .satisfies(item -> assertThat(item.labels()).contains(Map.of()))
          .satisfies(item -> assertThat(item.value()).isEqualTo(Quantity.of(namespace.charAt(0))));
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void sameFetch_sameAnswerObject() {
    Answer<ObjectMetricValue> first = answer("a", PODS);
    assertThat(answer("a", PODS)).isSameAs(first);
    assertThat(answer("b", PODS)).isNotSameAs(first);
    now = now.plusSeconds(6);
    assertThat(answer("a", PODS)).isNotSameAs(first);
  }

  @Test
  void timestamps_areTheSamplesOwn() {
    assertThat(((Values<ObjectMetricValue>) answer("a", PODS)).items())
        .extracting(ObjectMetricValue::at)
        .containsOnly(START.minusSeconds(7));
  }

  @Test
  void serverThatRefusesTheQueryForAll_isAskedForEach() {
    mood = Mood.REFUSES_BATCHES;
    assertThat(values("b", PODS)).isEqualTo(expected("b", PODS));
    assertThat(values("c", PODS)).isEqualTo(expected("c", PODS));
  }

  @Test
  void serverThatAnswersTheQueryForAllOtherwise_isAskedForEach() {
    mood = Mood.MISTAKES_BATCHES;
    assertThat(values("b", PODS)).isEqualTo(expected("b", PODS));
    assertThat(compared).containsExactly(false);
    assertThat(values("c", PODS)).isEqualTo(expected("c", PODS));
    mood = Mood.WORKS;
    now = now.plusSeconds(61);
    assertThat(values("c", PODS)).isEqualTo(expected("c", PODS));
    assertThat(compared).containsExactly(false, true);
  }

  @Test
  void deadPrometheus_lastValuesWithTheirTimes_thenItsCause() {
    assertThat(values("a", PODS)).isEqualTo(expected("a", PODS));
    mood = Mood.FAILS;
    now = now.plusSeconds(50);
    assertThat(((Values<ObjectMetricValue>) answer("a", PODS)).items())
        .extracting(ObjectMetricValue::at)
        .containsOnly(START.minusSeconds(7));
    now = now.plusSeconds(11);
    assertThat(((Refused<ObjectMetricValue>) answer("a", PODS)).cause())
        .contains("answered 500", "rule `runs")
        .doesNotContain("null");
    mood = Mood.WORKS;
    now = now.plusSeconds(10);
    assertThat(values("a", PODS)).isEqualTo(expected("a", PODS));
  }

  @Test
  void hungPrometheus_holdsNobodyLongerThanItsDeadline() {
    assertThat(values("a", PODS)).isEqualTo(expected("a", PODS));
    mood = Mood.HANGS;
    now = now.plusSeconds(6);
    assertThat(values("a", PODS)).isEqualTo(expected("a", PODS));
    now = now.plusSeconds(120);
    assertThat(answer("a", PODS)).isInstanceOf(Refused.class);
  }

  @Test
  void dyingAndReturningUnderLoad_onlyRightValuesOrRefusals() throws Exception {
    AtomicInteger right = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService askers = Executors.newFixedThreadPool(8)) {
      for (Mood next : List.of(Mood.WORKS, Mood.FAILS, Mood.WORKS, Mood.HANGS, Mood.WORKS)) {
        mood = next;
        List<Future<?>> round = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          String namespace = NAMESPACES.get(i % NAMESPACES.size());
          round.add(askers.submit(() -> checkRightOrRefused(namespace, right, refused)));
        }
        for (Future<?> one : round) {
          one.get(30, TimeUnit.SECONDS);
        }
        // Past the hold, so that nothing but a new fetch can answer.
        now = now.plusSeconds(61);
      }
    }
    assertThat(right.get()).isGreaterThanOrEqualTo(3 * 64);
    assertThat(right.get() + refused.get()).isEqualTo(5 * 64);
    assertThat(refused.get()).isPositive();
  }

  private void checkRightOrRefused(String namespace, AtomicInteger right, AtomicInteger refused) {
    switch (answer(namespace, PODS)) {
      case Values<ObjectMetricValue>(List<ObjectMetricValue> items) -> {
        assertThat(items.stream().map(ObjectMetricValue::value).toList())
            .isEqualTo(expected(namespace, PODS));
        right.incrementAndGet();
      }
      case Refused<ObjectMetricValue>(_, String cause) -> {
        assertThat(cause).contains("Prometheus at");
        refused.incrementAndGet();
      }
    }
  }

  private List<Quantity> values(String namespace, List<String> names) {
    return ((Values<ObjectMetricValue>) answer(namespace, names))
        .items().stream().map(ObjectMetricValue::value).toList();
  }

  private Answer<ObjectMetricValue> answer(String namespace, List<String> names) {
    return ask(namespace, names).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private CompletableFuture<Answer<ObjectMetricValue>> ask(String namespace, List<String> names) {
    return metrics
        .objectValues(
            new ObjectQuestion(
                Kinds.PODS, Optional.of(namespace), names, "runs", LabelSelector.EVERYTHING))
        .toCompletableFuture();
  }

  private Answer<ExternalMetricValue> external(String namespace) {
    return metrics
        .externalValues(new ExternalMetricQuery(namespace, "queue", LabelSelector.EVERYTHING))
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static List<Quantity> expected(String namespace, List<String> names) {
    return names.stream().map(name -> Quantity.of(value(namespace, name))).toList();
  }

  private static double value(String namespace, String pod) {
    return namespace.charAt(0) * 10 + pod.charAt(1) - '0' + 1;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/values")) {
      String selector = exchange.getRequestURI().getQuery();
      respond(exchange, 200, "[\"" + (selector.contains("runs") ? "runs" : "queue") + "\"]");
    } else if (path.endsWith("/labels")) {
      respond(exchange, 200, "[\"__name__\",\"namespace\",\"pod\"]");
    } else {
      String promql =
          URLDecoder.decode(
              form.substring(form.indexOf('=') + 1, form.indexOf('&')), StandardCharsets.UTF_8);
      asked.add(promql);
      query(exchange, promql);
    }
  }

  private void query(HttpExchange exchange, String promql) throws IOException {
    boolean all = promql.contains("!=\"\"");
    switch (mood) {
      case FAILS -> respond(exchange, 500, "");
      case HANGS -> hang(exchange);
      case REFUSES_BATCHES, WORKS, MISTAKES_BATCHES -> {
        if (all && mood == Mood.REFUSES_BATCHES) {
          respond(exchange, 422, "");
        } else {
          int error = all && mood == Mood.MISTAKES_BATCHES ? 1 : 0;
          String rows = all ? allRows(promql, error) : rowsAlone(promql);
          respond(exchange, 200, "{\"resultType\":\"vector\",\"result\":[" + rows + "]}");
        }
      }
    }
  }

  private void hang(HttpExchange exchange) {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static String allRows(String promql, int error) {
    List<String> rows = new ArrayList<>();
    double sampled = START.getEpochSecond() - 7.0;
    for (String namespace : NAMESPACES) {
      String labels = "\"namespace\":\"" + namespace + '"';
      if (promql.contains("queue")) {
        rows.add(row(labels + ",\"agentscale_part\":\"value\"", namespace.charAt(0)));
        rows.add(row(labels + ",\"agentscale_part\":\"time0\"", sampled));
        continue;
      }
      for (String pod : PODS) {
        String both = labels + ",\"pod\":\"" + pod + '"';
        rows.add(row(both + ",\"agentscale_part\":\"value\"", value(namespace, pod) + error));
        rows.add(row(both + ",\"agentscale_part\":\"time0\"", sampled));
      }
    }
    return String.join(",", rows);
  }

  private static String rowsAlone(String promql) {
    Matcher matcher = ALONE.matcher(promql);
    if (!matcher.find()) {
      return row("", promql.charAt(promql.indexOf("namespace=") + 11));
    }
    return String.join(
        ",",
        List.of(matcher.group(2).split("\\|", -1)).stream()
            .map(pod -> row("\"pod\":\"" + pod + '"', value(matcher.group(1), pod)))
            .toList());
  }

  private static String row(String labels, double value) {
    return "{\"metric\":{" + labels + "},\"value\":[1767225600,\"" + value + "\"]}";
  }

  private static void respond(HttpExchange exchange, int status, String data) throws IOException {
    String json =
        status == 200
            ? "{\"status\":\"success\",\"data\":" + data + "}"
            : "{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"odd\"}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static final class NoObjects implements ObjectIndex {
    @Override
    public List<ClusterObject> select(
        ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
      return List.of();
    }

    @Override
    public boolean isSynced(ResourceKind kind) {
      return true;
    }
  }
}
