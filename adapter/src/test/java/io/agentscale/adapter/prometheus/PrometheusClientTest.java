// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.Sample;
import java.io.IOException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is asked must reach Prometheus whole, and what it answers must arrive unbent. The server
 * packs every answer with gzip.
 */
final class PrometheusClientTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  /** What the server saw. */
  private record Seen(String method, String target, Headers headers, String body) {}

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final Deque<byte[]> answers = new ConcurrentLinkedDeque<>();
  private final HttpServer server;

  PrometheusClientTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void query_asksByPost_belowThePathPrefix_withAShorterTimeoutUpstream() throws Exception {
    answer(EMPTY);
    try (var client = client(config("/prometheus/").withHeaders(Map.of("X-Scope-OrgID", "a")))) {
      client.query("sum(up{a=\"b&c\"})", AT).join();
    }

    Seen request = seen.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/prometheus/api/v1/query");
    assertThat(request.headers().getFirst("X-Scope-OrgID")).isEqualTo("a");
    assertThat(request.headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
    assertThat(request.body())
        .isEqualTo("query=sum%28up%7Ba%3D%22b%26c%22%7D%29&time=1767323045.006&timeout=18000ms");
  }

  @Test
  void queryRange_sendsBothEndsAndTheStep() throws Exception {
    answer("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");
    try (var client = client(config(""))) {
      client.queryRange("up", AT.minusSeconds(60), AT, Duration.ofSeconds(15)).join();
    }

    assertThat(seen.take().body())
        .isEqualTo("query=up&start=1767322985.006&end=1767323045.006&step=15000ms&timeout=18000ms");
  }

  @Test
  void labelValues_asksByGetWithSelectors() throws Exception {
    answer("{\"status\":\"success\",\"data\":[\"a\",\"b\"]}");
    try (var client = client(config("/x"))) {
      assertThat(client.labelValues("__name__", List.of("{a=\"b\"}", "c"), AT, AT).join().data())
          .containsExactly("a", "b");
    }

    Seen request = seen.take();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).startsWith("/x/api/v1/label/__name__/values?start=");
    assertThat(request.target()).endsWith("&match%5B%5D=%7Ba%3D%22b%22%7D&match%5B%5D=c");
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
  void query_bearerToken_isReadAgainForEachQuestion() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "first\n");
    answer(EMPTY);
    answer(EMPTY);
    try (var client = client(config("").withCredentials(new Credentials.BearerToken(token)))) {
      client.query("up", AT).join();
      Files.writeString(token, "second\n");
      client.query("up", AT).join();
    }

    assertThat(seen.take().headers().getFirst("Authorization")).isEqualTo("Bearer first");
    assertThat(seen.take().headers().getFirst("Authorization")).isEqualTo("Bearer second");
  }

  @Test
  void query_basic_sendsUserAndPassword() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "p w\n");
    answer(EMPTY);
    try (var client = client(config("").withCredentials(new Credentials.Basic("u", password)))) {
      client.query("up", AT).join();
    }

    assertThat(seen.take().headers().getFirst("Authorization"))
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
    assertThat(seen).isEmpty();
  }

  private static LabelledSample row(String pod, double value, long millis) {
    return new LabelledSample(Map.of("pod", pod), new Sample(value, Instant.ofEpochMilli(millis)));
  }

  private static PrometheusClient client(PrometheusConfig config) {
    return new PrometheusClient(config, QuestionListener.NONE);
  }

  private PrometheusConfig config(String path) {
    return PrometheusConfig.at(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
        .withDeadline(Duration.ofSeconds(20));
  }

  private void answer(String json) {
    answers.add(json.getBytes(StandardCharsets.UTF_8));
  }

  private void serve(HttpExchange exchange) throws IOException {
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, 0);
    try (var packed = new GZIPOutputStream(exchange.getResponseBody())) {
      packed.write(answers.removeFirst());
    }
  }
}
