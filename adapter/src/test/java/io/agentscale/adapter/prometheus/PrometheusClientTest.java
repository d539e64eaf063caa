// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked must reach Prometheus whole, and what it answers must arrive unbent. */
final class PrometheusClientTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  private final MockWebServer server = new MockWebServer();

  @TempDir private Path directory;

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void query_asksByPost_belowThePathPrefix_withAShorterTimeoutUpstream() throws Exception {
    answer(EMPTY);
    try (var client = client(config("/prometheus/").withHeaders(Map.of("X-Scope-OrgID", "a")))) {
      client.query("sum(up{a=\"b&c\"})", AT).join();
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/prometheus/api/v1/query");
    assertThat(request.getHeaders().get("X-Scope-OrgID")).isEqualTo("a");
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    assertThat(body(request))
        .isEqualTo("query=sum%28up%7Ba%3D%22b%26c%22%7D%29&time=1767323045.006&timeout=18000ms");
  }

  @Test
  void queryRange_sendsBothEndsAndTheStep() throws Exception {
    answer("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");
    try (var client = client(config(""))) {
      client.queryRange("up", AT.minusSeconds(60), AT, Duration.ofSeconds(15)).join();
    }

    assertThat(body(server.takeRequest()))
        .isEqualTo("query=up&start=1767322985.006&end=1767323045.006&step=15000ms&timeout=18000ms");
  }

  @Test
  void labelValues_asksByGetWithSelectors() throws Exception {
    answer("{\"status\":\"success\",\"data\":[\"a\",\"b\"]}");
    try (var client = client(config("/x"))) {
      assertThat(client.labelValues("__name__", List.of("{a=\"b\"}", "c"), AT, AT).join().data())
          .containsExactly("a", "b");
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getTarget()).startsWith("/x/api/v1/label/__name__/values?start=");
    assertThat(request.getUrl().queryParameterValues("match[]")).containsExactly("{a=\"b\"}", "c");
  }

  @Test
  void query_vector_keepsNanInfinityAndWarnings_inAnyOrderOfFields() {
    answer(
        """
        {"warnings": ["store b is away"], "isPartial": true, "infos": ["not a counter"],
         "data": {"stats": {"a": [1]}, "result": [
           {"value": [1.5, "NaN"], "metric": {"pod": "a"}},
           {"metric": {"pod": "b"}, "value": [2, "-Inf"]},
           {"metric": {"pod": "c"}, "value": [2, "1e+06"]}], "resultType": "vector"},
         "status": "success"}
        """);
    try (var client = client(config(""))) {
      PrometheusAnswer<QueryResult> answer = client.query("up", AT).join();

      assertThat(answer.warnings())
          .containsExactly("store b is away", "the answer is partial (isPartial)", "not a counter");
      assertThat(answer.data())
          .isEqualTo(
              new QueryResult.Vector(
                  List.of(
                      row("a", Double.NaN, 1500),
                      row("b", Double.NEGATIVE_INFINITY, 2000),
                      row("c", 1e6, 2000))));
    }
  }

  @Test
  void query_gzip_isRead() {
    Buffer packed = new Buffer();
    try (var gzip = new GZIPOutputStream(packed.outputStream())) {
      gzip.write(EMPTY.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .addHeader("Content-Encoding", "gzip")
            .body(packed)
            .build());
    try (var client = client(config(""))) {
      assertThat(client.query("up", AT).join().data()).isEqualTo(new QueryResult.Vector(List.of()));
    }
  }

  @Test
  void query_bearerToken_isReadAgainForEachQuestion() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "first\n");
    answer(EMPTY);
    answer(EMPTY);
    try (var client = client(config("").withCredentials(new Credentials.BearerToken(token)))) {
      client.query("up", AT).join();
      Files.writeString(token, "second\n");
      client.query("up", AT).join();
    }

    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer first");
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer second");
  }

  @Test
  void query_basic_sendsUserAndPassword() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "p w\n");
    answer(EMPTY);
    try (var client = client(config("").withCredentials(new Credentials.Basic("u", password)))) {
      client.query("up", AT).join();
    }

    assertThat(server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo(okhttp3.Credentials.basic("u", "p w"));
  }

  @Test
  void query_unusableToken_saysWhichFileAndNotWhatIsInIt() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "se cret");
    try (var client = client(config("").withCredentials(new Credentials.BearerToken(token)))) {
      assertThat(client.query("up", AT))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(PrometheusException.class)
          .withMessageContaining("was not asked: token file " + token)
          .withMessageNotContaining("cret")
          .extracting(e -> ((PrometheusException) e).kind())
          .isEqualTo(PrometheusException.Kind.OWN_FILE);
      Files.delete(token);
      assertThat(client.query("up", AT))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("does not exist");
    }
    assertThat(server.getRequestCount()).isZero();
  }

  private static LabelledSample row(String pod, double value, long millis) {
    return new LabelledSample(Map.of("pod", pod), new Sample(value, Instant.ofEpochMilli(millis)));
  }

  private static PrometheusClient client(PrometheusConfig config) {
    return new PrometheusClient(config, QuestionListener.NONE);
  }

  private PrometheusConfig config(String path) {
    return PrometheusConfig.at(URI.create("http://127.0.0.1:" + server.getPort() + path))
        .withDeadline(Duration.ofSeconds(20));
  }

  private void answer(String json) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body(json)
            .build());
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }
}
