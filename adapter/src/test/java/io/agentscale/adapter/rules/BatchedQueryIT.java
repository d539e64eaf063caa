// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.prometheus.CircuitBreaker;
import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.prometheus.RealPrometheus;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One query for all must answer as one for each: random queries over random series, both ways,
 * evaluated by the real Prometheus at one time.
 */
final class BatchedQueryIT {
  private static final long SEED = 20261121;
  private static final int QUERIES = 150;
  private static final List<String> NAMESPACES = List.of("a", "b", "team-c");
  private static final List<String> PODS = List.of("p0", "p1", "p.2", "p3");

  private static HttpServer target;
  private static RealPrometheus prometheus;
  private static PrometheusClient client;
  private static Instant scraped;

  private final Random random = new Random(SEED);
  private final Batches batches = new Batches();

  @BeforeAll
  static void start() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    Random values = new Random(SEED);
    target.createContext(
        "/metrics",
        exchange -> {
          byte[] text = exposition(values).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(text);
          }
        });
    target.start();
    prometheus =
        RealPrometheus.scraping(
            List.of("127.0.0.1:" + target.getAddress().getPort()), Duration.ofMillis(500));
    client = new PrometheusClient(PrometheusConfig.at(prometheus.url()), (_, _, _) -> {});
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rows("count_over_time(load{namespace=\"a\"}[1m]) > 3", now()) > 0);
    scraped = now().minusMillis(600);
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
    if (target != null) {
      target.stop(0);
    }
  }

  @Test
  void randomQueries_askedForAll_answerAsAskedForEach() {
    int batched = 0;
    int withRows = 0;
    for (int i = 0; i < QUERIES; i++) {
      String template = expression(2);
      ObjectMetric metric = metric(template);
      Optional<Batch> batch = batches.of(metric, selector());
      assertThat(batch).as(template).isPresent();
      batched++;
      BatchedRows all = BatchedRows.of(batch.get(), result(batch.get().promql()), scraped);
      for (String namespace : NAMESPACES) {
        List<String> names = PODS.subList(random.nextInt(2), 2 + random.nextInt(3));
        QueryPlan plan = metric.plan(Optional.of(namespace), names, lastSelector);
        List<Row> alone = Rows.ofVector(result(((QueryPlan.Ask) plan).promql())).rows();
        List<Row> found = all.of(Optional.of(namespace), names);
        assertThat(BatchChecks.isSame(alone, found))
            .as("%s in %s: %s, but of all: %s", plan, namespace, alone, found)
            .isTrue();
        withRows += alone.isEmpty() ? 0 : 1;
      }
    }
    assertThat(batched).isEqualTo(QUERIES);
    assertThat(withRows).as("comparisons of something").isGreaterThan(QUERIES);
  }

  @Test
  void times_areThoseOfTheScrapes_notOfTheEvaluation() {
    Batch batch =
        batches
            .of(
                metric("sum(rate(load{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)"),
                LabelSelector.EVERYTHING)
            .orElseThrow();
    Instant later = scraped.plusSeconds(60);
    GuardedPrometheus guarded =
        new GuardedPrometheus(client, InstantSource.system(), CircuitBreaker.Limits.DEFAULT);
    double sampled =
        ((QueryResult.Vector) result("max(timestamp(load{namespace=\"a\",pod=\"p0\"}))"))
            .rows()
            .getFirst()
            .sample()
            .value();
    BatchedRows all =
        BatchedRows.of(
            batch, guarded.query(batch.promql(), scraped).toCompletableFuture().join(), later);
    assertThat(all.of(Optional.of("a"), List.of("p0")))
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(row.at()).isEqualTo(Instant.ofEpochMilli(Math.round(sampled * 1000))));
  }

  @Test
  void lookup_findsWhatListingTheSeriesFinds() {
    GuardedPrometheus guarded =
        new GuardedPrometheus(client, InstantSource.system(), CircuitBreaker.Limits.DEFAULT);
    Instant end = now();
    for (String query :
        List.of("{__name__=~\"^(load|hits_total|up)$\"}", "load", "load{pod!=\"\",}")) {
      Rule.Discovery safe = rule("seriesQuery: '" + query + "'", RuleMode.SAFE);
      Rule.Discovery listing = rule("seriesQuery: '" + query + "'", RuleMode.COMPATIBLE);
      SeriesLookup lookup = new SeriesLookup(guarded, end.minusSeconds(60), end);
      List<String> byNames = kinds(lookup, safe);
      assertThat(byNames).as(query).isEqualTo(kinds(lookup, listing)).isNotEmpty();
    }
  }

  private static List<String> kinds(SeriesLookup lookup, Rule.Discovery rule) {
    List<String> found = new ArrayList<>();
    for (Series series :
        lookup
            .families(
                rule, true, label -> rule.resources().kindOf(label, Kinds.RECORDED).isPresent())
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join()) {
      for (String label : series.labels()) {
        if (rule.resources().kindOf(label, Kinds.RECORDED).isPresent()) {
          found.add(series.name() + "/" + label);
        }
      }
    }
    return found.stream().distinct().sorted().toList();
  }

  private LabelSelector lastSelector = LabelSelector.EVERYTHING;

  private LabelSelector selector() {
    lastSelector =
        LabelSelector.parse(
            pick("", "", "code=200", "code!=500", "code in (200,500)", "code", "!nosuch"));
    return lastSelector;
  }

  private String expression(int depth) {
    String grouped = grouped();
    if (depth == 0 || random.nextInt(3) == 0) {
      return grouped;
    }
    return switch (random.nextInt(6)) {
      case 0 ->
          "("
              + grouped
              + pick(" + ", " - ", " / ", " * ", " > ", " and ", " or ", " unless ")
              + expression(depth - 1)
              + ")";
      case 1 -> pick("abs", "ceil", "sqrt", "sgn") + "(" + expression(depth - 1) + ")";
      case 2 -> pick("100 * ", "1 - ", "-") + "(" + expression(depth - 1) + ")";
      case 3 ->
          "histogram_quantile(0.9, sum(rate(lat_bucket{<<.LabelMatchers>>}[1m])) by"
              + " (<<.GroupBy>>, le))";
      case 4 -> "max_over_time((" + expression(depth - 1) + ")[3s:1s])";
      default -> "clamp_min(" + expression(depth - 1) + ", 0.5)";
    };
  }

  private String grouped() {
    String series =
        pick(
            "load{<<.LabelMatchers>>}",
            "load{<<.LabelMatchers>>,container!=\"x\"}",
            "rate(hits_total{<<.LabelMatchers>>}[1m])",
            "increase(hits_total{code=~\"2..\",<<.LabelMatchers>>}[30s])",
            "avg_over_time(load{<<.LabelMatchers>>}[5s] offset 1s)");
    return pick("sum", "avg", "min", "max", "count", "stddev")
        + "("
        + series
        + ") by (<<.GroupBy>>)";
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static ObjectMetric metric(String template) {
    Rule.Discovery rule =
        rule("seriesQuery: load\n  metricsQuery: '" + template + "'", RuleMode.SAFE);
    return new ObjectMetric(Kinds.PODS, "m", rule, "load", "pod", Optional.of("namespace"));
  }

  private static Rule.Discovery rule(String fields, RuleMode mode) {
    String query =
        fields.contains("metricsQuery") ? "" : "\n  metricsQuery: 'sum(<<.Series>>) by (pod)'";
    return (Rule.Discovery)
        Rules.read(
                "rules:\n- " + fields + query + "\n  resources: {template: '<<.Resource>>'}\n",
                mode)
            .objectRules()
            .getFirst();
  }

  private static QueryResult result(String promql) {
    return client.query(promql, scraped).orTimeout(10, TimeUnit.SECONDS).join().data();
  }

  private static int rows(String promql, Instant at) {
    return client.query(promql, at).join().data() instanceof QueryResult.Vector vector
        ? vector.rows().size()
        : 0;
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }

  private static String exposition(Random values) {
    StringBuilder text = new StringBuilder();
    for (String namespace : NAMESPACES) {
      for (String pod : PODS) {
        for (String container : List.of("x", "y")) {
          String labels =
              "namespace=\"%s\",pod=\"%s\",container=\"%s\"".formatted(namespace, pod, container);
          text.append("load{%s} %d%n".formatted(labels, values.nextInt(100)));
          for (String code : List.of("200", "500")) {
            text.append(
                "hits_total{%s,code=\"%s\"} %d%n"
                    .formatted(labels, code, System.nanoTime() / 10_000_000));
          }
          for (String le : List.of("1", "5", "+Inf")) {
            text.append(
                "lat_bucket{%s,le=\"%s\"} %d%n"
                    .formatted(labels, le, System.nanoTime() / 10_000_000));
          }
        }
      }
    }
    return text.toString();
  }
}
