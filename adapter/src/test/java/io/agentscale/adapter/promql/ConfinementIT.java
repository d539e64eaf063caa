// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.PrometheusAnswer;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.PrometheusException;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.prometheus.RealPrometheus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What our own reading of PromQL calls confined must be confined to the real Prometheus too. */
final class ConfinementIT {
  private static final int INPUTS = 1_500;
  private static final String SERIES =
      """
      mine{namespace="ours",a="b"} 1
      secret{namespace="ours",a="b"} 1
      secret{namespace="theirs",leak="yes"} 666
      sum{namespace="theirs",leak="yes"} 666
      """;

  private static HttpServer target;
  private static RealPrometheus prometheus;
  private static PrometheusClient client;

  @BeforeAll
  static void start() throws Exception {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] body = SERIES.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    target.start();
    prometheus =
        RealPrometheus.scraping(
            List.of("127.0.0.1:" + target.getAddress().getPort()), Duration.ofMillis(500));
    client = new PrometheusClient(PrometheusConfig.at(prometheus.url()), (_, _, _) -> {});
    await().atMost(Duration.ofSeconds(20)).until(() -> rows(client, "secret").size() == 2);
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
      prometheus.close();
    }
    target.stop(0);
  }

  private static List<LabelledSample> rows(PrometheusClient asked, String query) {
    PrometheusAnswer<QueryResult> answer = asked.query(query, Instant.now()).join();
    return switch (answer.data()) {
      case QueryResult.Vector vector -> vector.rows();
      case QueryResult.Scalar scalar -> List.of(new LabelledSample(Map.of(), scalar.sample()));
      case QueryResult.Matrix matrix ->
          matrix.rows().stream()
              .map(row -> new LabelledSample(row.labels(), row.samples().getFirst()))
              .toList();
    };
  }

  @Test
  void noQuery_readsTheSeriesOfAnotherNamespace() {
    List<String> queries = new ArrayList<>(HostileQueries.known());
    queries.addAll(HostileQueries.made(7, INPUTS));
    int answered = 0;
    int found = 0;
    for (String query : queries) {
      try {
        // Not by the confined client, which would label over what leaks.
        List<LabelledSample> rows = rows(client, Promql.confined(query, "namespace", "ours"));
        answered++;
        found += rows.isEmpty() ? 0 : 1;
        for (LabelledSample row : rows) {
          assertThat(row.labels()).as(query).doesNotContainKey("leak");
          assertThat(row.labels().values()).as(query).doesNotContain("theirs");
          assertThat(Math.abs(row.sample().value())).as(query).isNotEqualTo(666);
        }
      } catch (PromqlException _) {
        // Refused by us.
      } catch (CompletionException e) {
        assertThat(e).as(query).hasCauseInstanceOf(PrometheusException.class);
      }
    }
    assertThat(answered).as("queries Prometheus evaluated").isGreaterThan(100);
    assertThat(found).as("queries that found something").isGreaterThan(50);
  }

  @Test
  void confinedClient_answersFromOneNamespace() {
    PrometheusClient ours = client.confinedTo("namespace", "ours");
    Instant now = Instant.now();
    Instant before = now.minusSeconds(60);

    assertThat(rows(ours, "sum(secret) by (leak)"))
        .singleElement()
        .satisfies(row -> assertThat(row.labels()).isEqualTo(Map.of("namespace", "ours")))
        .satisfies(row -> assertThat(row.sample().value()).isEqualTo(1));
    assertThat(rows(ours, "label_replace(mine, \"namespace\", \"theirs\", \"\", \"\")"))
        .singleElement()
        .satisfies(row -> assertThat(row.labels()).containsEntry("namespace", "ours"));
    assertThat(ours.series(List.of("{__name__=~\".+\"}"), before, now).join().data())
        .isNotEmpty()
        .allSatisfy(labels -> assertThat(labels).containsEntry("namespace", "ours"));
    assertThat(ours.labelNames(List.of(), before, now).join().data()).contains("a");
    assertThat(ours.labelNames(List.of(), before, now).join().data()).doesNotContain("leak");
    assertThat(ours.labelValues("namespace", List.of(), before, now).join().data())
        .containsExactly("ours");
    assertThat(ours.labelValues("__name__", List.of("secret"), before, now).join().data())
        .containsExactly("secret");
  }
}
