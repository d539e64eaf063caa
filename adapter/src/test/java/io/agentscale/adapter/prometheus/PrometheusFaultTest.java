// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.agentscale.adapter.prometheus.PrometheusException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Prometheus in trouble must give a failure that says so, in time, and never a number. */
final class PrometheusFaultTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration HASTY = Duration.ofMillis(150);

  private final MockWebServer server = new MockWebServer();
  private final List<Optional<PrometheusException>> heard = new ArrayList<>();

  record Fault(String name, MockResponse answer, Duration deadline, Kind kind, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> query_fault_failsWithItsName() {
    String vector = vector("1");
    return Stream.of(
        rejected("500 of Prometheus", 500, error("internal", "disk"), "answered 500: disk"),
        rejected("422 with message", 422, error("execution", "no match"), "answered 422: no match"),
        rejected("error under status 200", 200, error("bad_data", "odd"), "answered 200: odd"),
        new Fault(
            "503 empty", answer(503, "text/plain", ""), PATIENT, Kind.REJECTED, "503: nothing"),
        rejected("401", 401, "{}", "check the credentials"),
        new Fault(
            "401 of a proxy",
            answer(401, "text/html", "<h1>Who\nare you?</h1>"),
            PATIENT,
            Kind.REJECTED,
            "answered 401: <h1>Who are you?</h1>; check the credentials"),
        new Fault(
            "302 to a log-in page",
            answer(302, "text/html", "").newBuilder().addHeader("Location", "/login").build(),
            PATIENT,
            Kind.REJECTED,
            "answered 302"),
        rejected("500 with odd JSON", 500, "[1,", "JSON that is not Prometheus' own"),
        new Fault(
            "its own time-out",
            json(503, error("timeout", "query timed out")),
            PATIENT,
            Kind.TIMEOUT,
            "answered 503: query timed out"),
        new Fault(
            "hangs before the headers",
            json(200, vector).newBuilder().onResponseStart(SocketEffect.Stall.INSTANCE).build(),
            HASTY,
            Kind.TIMEOUT,
            "no complete answer within 150 ms"),
        new Fault(
            "hangs in the body",
            json(200, vector).newBuilder().onResponseBody(SocketEffect.Stall.INSTANCE).build(),
            HASTY,
            Kind.TIMEOUT,
            "no complete answer within 150 ms"),
        new Fault(
            "trickles",
            json(200, vector).newBuilder().throttleBody(1, 50, TimeUnit.MILLISECONDS).build(),
            HASTY,
            Kind.TIMEOUT,
            "no complete answer within 150 ms"),
        new Fault(
            "cut in the body",
            json(200, vector).newBuilder().onResponseBody(new SocketEffect.CloseSocket()).build(),
            PATIENT,
            Kind.CONNECTION_CUT,
            "cut before the answer was complete"),
        new Fault(
            "ends in the middle",
            json(200, vector.substring(0, 40)),
            PATIENT,
            Kind.CONNECTION_CUT,
            "ends in the middle of its JSON"),
        garbage("not JSON", "certainly not", "not JSON"),
        garbage("empty body", "", "the answer should be START_OBJECT and is missing"),
        garbage("a list", "[]", "the answer should be START_OBJECT"),
        garbage("no status", "{}", "its status is not success"),
        garbage("no data", "{\"status\":\"success\"}", "holds no data"),
        garbage("no result", success("{\"resultType\":\"vector\"}"), "data holds no result"),
        garbage("unknown type", success(result("tensor", "[]")), "'tensor', which is not known"),
        garbage("a string", success(result("string", "[1,\"one\"]")), "gives a string"),
        garbage("a scalar of none", success(result("scalar", "[]")), "without a value"),
        garbage("vector of matrix rows", success(result("vector", MATRIX)), "of another type"),
        garbage("value not a number", vector("many"), "not a number: many"),
        garbage("value with Java's suffix", vector("1d"), "not a number: 1d"),
        garbage("row without value", success(result("vector", "[{\"metric\":{}}]")), "no value"),
        garbage(
            "native histogram",
            success(result("vector", "[{\"metric\":{},\"histogram\":[1,{\"count\":\"3\"}]}]")),
            "native histogram"),
        garbage("nested too deep", "{\"x\":" + "[".repeat(5000), "not JSON"),
        new Fault(
            "a proxy's page",
            answer(200, "text/html; charset=utf-8", "<html>\n<title>Sign in</title>"),
            PATIENT,
            Kind.GARBAGE,
            "text/html; charset=utf-8 in place of JSON, beginning with '<html> <title>Sign in"),
        new Fault(
            "huge",
            json(200, success(result("vector", "[" + " ".repeat(200_000) + "]"))),
            PATIENT,
            Kind.TOO_LARGE,
            "more than 100000 bytes"));
  }

  private static final String MATRIX = "[{\"metric\":{},\"values\":[[1,\"2\"]]}]";

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void query_fault_failsWithItsName(Fault fault) {
    server.enqueue(fault.answer);

    PrometheusException failure = failure(config().withDeadline(fault.deadline));

    assertThat(failure).hasMessageContaining(fault.says);
    assertThat(failure.getMessage()).startsWith("Prometheus at " + url());
    assertThat(failure.kind()).isEqualTo(fault.kind);
    assertThat(heard).singleElement().isEqualTo(Optional.of(failure));
  }

  @Test
  void query_rejected_carriesStatusAndErrorType() {
    server.enqueue(json(422, error("execution", "no match")));

    PrometheusException failure = failure(config());

    assertThat(failure.status()).hasValue(422);
    assertThat(failure.errorType()).isEqualTo("execution");
  }

  @Test
  void query_nobodyListens_isUnreachable() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    PrometheusException failure =
        failure(PrometheusConfig.at(URI.create("http://127.0.0.1:" + closed)));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("could not connect");
  }

  @Test
  void query_noFreeSlot_endsByItsDeadlineToo() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    PrometheusConfig one =
        new PrometheusConfig(
            url(), HASTY, 1000, 1, new Credentials.None(), Map.of(), TlsFiles.NONE);
    try (var client = new PrometheusClient(one, this::hear)) {
      var first = client.query("up", Instant.EPOCH);
      var second = client.query("up", Instant.EPOCH);

      assertThat(causeOf(first).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(causeOf(second).kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void cancel_endsTheQuestion() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    try (var client = new PrometheusClient(config(), this::hear)) {
      var answer = client.query("up", Instant.EPOCH);
      answer.cancel(true);

      assertThat(answer).isCancelled();
      assertThat(heard).singleElement().satisfies(failure -> assertThat(failure).isPresent());
    }
  }

  private synchronized void hear(
      String endpoint, Duration took, Optional<PrometheusException> failure) {
    assertThat(endpoint).isEqualTo("query");
    heard.add(failure);
  }

  private PrometheusException failure(PrometheusConfig config) {
    try (var client = new PrometheusClient(config, this::hear)) {
      return causeOf(client.query("up", Instant.EPOCH));
    }
  }

  private static PrometheusException causeOf(CompletableFuture<?> answer) {
    Throwable thrown = catchThrowable(() -> answer.get(30, TimeUnit.SECONDS));
    assertThat(thrown).hasCauseInstanceOf(PrometheusException.class);
    return (PrometheusException) Objects.requireNonNull(thrown.getCause());
  }

  private PrometheusConfig config() {
    return PrometheusConfig.at(url()).withDeadline(PATIENT).withMaxAnswerBytes(100_000);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  private static Fault rejected(String name, int status, String body, String says) {
    return new Fault(name, json(status, body), PATIENT, Kind.REJECTED, says);
  }

  private static Fault garbage(String name, String body, String says) {
    return new Fault(name, json(200, body), PATIENT, Kind.GARBAGE, says);
  }

  private static MockResponse json(int status, String body) {
    return answer(status, "application/json", body);
  }

  private static MockResponse answer(int status, String type, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", type)
        .body(body)
        .build();
  }

  private static String error(String type, String message) {
    return "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%s\"}".formatted(type, message);
  }

  private static String vector(String value) {
    return success(result("vector", "[{\"metric\":{},\"value\":[1,\"%s\"]}]".formatted(value)));
  }

  private static String success(String data) {
    return "{\"status\":\"success\",\"data\":%s}".formatted(data);
  }

  private static String result(String type, String result) {
    return "{\"resultType\":\"%s\",\"result\":%s}".formatted(type, result);
  }
}
