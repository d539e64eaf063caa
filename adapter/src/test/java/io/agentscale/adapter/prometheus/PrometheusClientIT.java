// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.agentscale.core.metric.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A fake only shows what we believe of Prometheus; the real one shows what it does. */
final class PrometheusClientIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final byte[] EXPOSITION =
      """
      # TYPE agent_runs_in_flight gauge
      agent_runs_in_flight{role="coder"} 7
      agent_runs_in_flight{role="reviewer"} NaN
      # TYPE agent_limit gauge
      agent_limit +Inf
      """
          .getBytes(StandardCharsets.UTF_8);

  private static HttpServer pod;
  private static RealPrometheus prometheus;
  private static PrometheusClient client;

  @BeforeAll
  static void start() throws IOException {
    pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pod.createContext(
        "/metrics",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, EXPOSITION.length);
          exchange.getResponseBody().write(EXPOSITION);
          exchange.close();
        });
    pod.start();
    prometheus =
        RealPrometheus.scraping(List.of("127.0.0.1:" + pod.getAddress().getPort()), SECOND);
    client =
        new PrometheusClient(
            PrometheusConfig.at(prometheus.url()).withDeadline(Duration.ofSeconds(20)),
            QuestionListener.NONE);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !vector("count_over_time(agent_limit[1m]) >= 2").rows().isEmpty());
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
    if (pod != null) {
      pod.stop(0);
    }
  }

  @Test
  void query_vector_keepsLabelsNanAndInfinity() {
    assertThat(vector("agent_runs_in_flight{role='coder'}").rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.labels())
                  .containsEntry("role", "coder")
                  .containsEntry("__name__", "agent_runs_in_flight")
                  .containsEntry("job", "pods");
              assertThat(row.sample().value()).isEqualTo(7);
              assertThat(row.sample().at()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
            });
    assertThat(vector("agent_runs_in_flight{role='reviewer'}").rows().getFirst().sample().value())
        .isNaN();
    assertThat(vector("agent_limit").rows().getFirst().sample().value())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(vector("no_such_series").rows()).isEmpty();
  }

  @Test
  void query_atATime_evaluatesThen() {
    Instant then = Instant.parse("2026-01-01T00:00:00.250Z");

    assertThat(client.query("time()", then).join().data())
        .isEqualTo(new QueryResult.Scalar(new Sample(then.toEpochMilli() / 1000.0, then)));
  }

  @Test
  void queryRange_givesAMatrixOldestFirst() {
    Instant end = Instant.now();
    QueryResult result =
        client.queryRange("agent_limit", end.minusSeconds(60), end, SECOND).join().data();

    assertThat(result).isInstanceOf(QueryResult.Matrix.class);
    List<LabelledSeries> rows = ((QueryResult.Matrix) result).rows();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().samples()).hasSizeGreaterThan(1);
    assertThat(rows.getFirst().samples().stream().map(Sample::at)).isSorted();
  }

  @Test
  void query_parseError_carriesPrometheusOwnMessage() {
    PrometheusException failure = failure("sum(");

    assertThat(failure.kind()).isEqualTo(PrometheusException.Kind.REJECTED);
    assertThat(failure.errorType()).isEqualTo("bad_data");
    assertThat(failure).hasMessageContaining(prometheus.url() + " answered 400: ");
    assertThat(failure).hasMessageContaining("parse error");
  }

  @Test
  void query_executionError_is422() {
    PrometheusException failure = failure("agent_runs_in_flight * on(job) agent_runs_in_flight");

    assertThat(failure.status()).hasValue(422);
    assertThat(failure.errorType()).isEqualTo("execution");
    assertThat(failure).hasMessageContaining("many-to-many matching not allowed");
  }

  @Test
  void query_string_isRefused() {
    assertThat(failure("\"text\"")).hasMessageContaining("gives a string");
  }

  @Test
  void lookups_honourSelectors() {
    Instant end = Instant.now();
    Instant start = end.minusSeconds(60);
    List<String> selectors = List.of("{__name__=~'agent_.*'}");

    assertThat(client.labelValues("__name__", selectors, start, end).join().data())
        .containsExactlyInAnyOrder("agent_limit", "agent_runs_in_flight");
    assertThat(client.labelNames(selectors, start, end).join().data())
        .containsExactlyInAnyOrder("__name__", "instance", "job", "role");
    assertThat(client.series(selectors, start, end).join().data())
        .hasSize(3)
        .allSatisfy(labels -> assertThat(labels).containsEntry("job", "pods"));
  }

  private static QueryResult.Vector vector(String promql) {
    return (QueryResult.Vector) client.query(promql, Instant.now()).join().data();
  }

  private static PrometheusException failure(String promql) {
    Throwable thrown = catchThrowable(() -> client.query(promql, Instant.now()).join());
    assertThat(thrown).hasCauseInstanceOf(PrometheusException.class);
    return (PrometheusException) Objects.requireNonNull(thrown.getCause());
  }
}
