// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.config.AdapterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Prometheus that dies while it is asked: its last answer may bridge a restart with its own time,
 * never more than a minute, and what comes then is an error that says why, never 0.
 */
final class PrometheusOutageTest {
  private static final String RULE =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/%2A/agent_active_count";
  private static final String PRESET =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/%2A/agent_concurrency";
  private static final String PRESET_EXTERNAL =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/agent-prod/agent_concurrency";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MockWebServer prometheus = new MockWebServer();

  /** Whole seconds, which is what an answer's times have. */
  private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

  private final Fake fake = new Fake(clock);

  @TempDir private Path directory;
  private Adapter adapter;
  private MetricsReader reader;

  /** A clock that moves when it is told to. */
  private static final class TestClock implements InstantSource {
    private volatile Instant now;

    TestClock(Instant now) {
      this.now = now;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** A Prometheus that has one row for every query, or answers 503. */
  private static final class Fake extends Dispatcher {
    private final InstantSource clock;
    private volatile boolean dead;
    private volatile String value = "3";

    Fake(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (dead) {
        return new MockResponse.Builder().code(503).body("the lights are out").build();
      }
      String path = request.getUrl().encodedPath();
      String data =
          path.endsWith("/series")
              ? """
                [{"__name__":"agent_active_count","namespace":"agent-prod","pod":"coder-0"}]"""
              : """
                {"resultType":"vector","result":[{"metric":
                {"namespace":"agent-prod","pod":"coder-0"},"value":[%s,"%s"]}]}"""
                  .formatted(clock.instant().getEpochSecond(), value);
      return new MockResponse.Builder()
          .addHeader("Content-Type", "application/json")
          .body("{\"status\":\"success\",\"data\":" + data + "}")
          .build();
    }
  }

  @BeforeEach
  void start() throws IOException {
    prometheus.setDispatcher(fake);
    prometheus.start();
    Files.writeString(
        directory.resolve("objects.yaml"),
        "{apiVersion: v1, kind: Pod, metadata: {name: coder-0, namespace: agent-prod}}");
    adapter = Adapter.start(config(), Optional.empty(), clock);
    reader = new MetricsReader(adapter);
    await().atMost(PATIENCE).until(() -> reader.get(RULE).status() == 200);
  }

  @AfterEach
  void stop() {
    reader.close();
    adapter.close();
    prometheus.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {RULE, PRESET, PRESET_EXTERNAL})
  void outage_isBridgedForAMinute_thenAnErrorWithItsCause_andEnds(String path) {
    JsonNode before = item(path);
    assertThat(before.path("value").asText()).isEqualTo("3");

    fake.dead = true;
    clock.advance(Duration.ofSeconds(30));
    assertThat(item(path)).as("held, with the time it was true at").isEqualTo(before);

    clock.advance(Duration.ofMinutes(2));
    MetricsReader.Answer during = reader.get(path);
    assertThat(during.status()).isGreaterThanOrEqualTo(500);
    assertThat(during.body().path("kind").asText()).isEqualTo("Status");
    assertThat(during.body().path("message").asText())
        .contains("503", "127.0.0.1:" + prometheus.getPort());

    fake.dead = false;
    fake.value = "7";
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reader.get(path).status()).isEqualTo(200));
    assertThat(item(path).path("value").asText()).isEqualTo("7");
  }

  @Test
  void deadAtTheStart_isNamedInTheAnswer() throws IOException {
    fake.dead = true;
    try (Adapter late = Adapter.start(config(), Optional.empty(), clock);
        MetricsReader client = new MetricsReader(late)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(client.get(RULE).body().at("/details/causes/0/message").asText())
                      .contains("agent_active_count", "503"));
      assertThat(client.get(RULE).status()).isEqualTo(404);
    }
  }

  private AdapterConfig config() {
    return AdapterConfig.parse(
        "adapter.yaml",
        directory,
        """
            prometheus: {url: "http://127.0.0.1:%d"}
            objects: {file: objects.yaml}
            server: {listen: 127.0.0.1, port: 0}
            ops: {listen: 127.0.0.1, port: 0}
            rules:
            - seriesQuery: 'agent_active_count{namespace!="",pod!=""}'
              resources: {template: <<.Resource>>}
              metricsQuery: sum by (<<.GroupBy>>) (<<.Series>>{<<.LabelMatchers>>})
            """
            .formatted(prometheus.getPort()));
  }

  private JsonNode item(String path) {
    MetricsReader.Answer answer = reader.get(path);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("items")).hasSize(1);
    return answer.body().path("items").get(0);
  }
}
