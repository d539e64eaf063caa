// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.sample.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods answer with anything, or not at all; a scrape must end in time and say what happened. */
final class HttpPodFetcherTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration HASTY = Duration.ofMillis(200);

  private final MockWebServer server = new MockWebServer();

  record Fault(String name, MockResponse answer, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> scrape_fault_isToldAndNothingIsRead() {
    return Stream.of(
        new Fault("500", answer("text/plain", "a 1").newBuilder().code(500).build(), "status 500"),
        new Fault(
            "redirect",
            answer("text/plain", "").newBuilder().code(302).addHeader("Location", "/x").build(),
            "status 302"),
        new Fault("HTML", answer("text/html", "<html>"), "answered text/html, where text/plain"),
        new Fault("malformed", answer("text/plain", "g 1\ng one\n"), "line 2: expected a number"),
        new Fault(
            "OpenMetrics cut short",
            answer("application/openmetrics-text", "g 1\n"),
            "ends without # EOF"),
        new Fault(
            "huge",
            answer("text/plain", "g 1\n".repeat(3000)),
            "answered more than 10000 bytes, the most that is read"),
        new Fault(
            "hangs",
            answer("text/plain", "g 1")
                .newBuilder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build(),
            "no complete answer within 200 ms"),
        new Fault(
            "cut",
            answer("text/plain", "g 1\n".repeat(100))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build(),
            "cut before the answer was complete"));
  }

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
  void scrape_fault_isToldAndNothingIsRead(Fault fault) {
    serve(fault.answer);
    withScraper(
        fault.name.equals("hangs") ? HASTY : PATIENT,
        scraper -> {
          await().until(() -> scraper.pods().stream().anyMatch(s -> s.failure().isPresent()));

          assertThat(scraper.pods().getFirst().failure().orElseThrow()).contains(fault.says);
          assertThat(scraper.gauge("ns", "a", "g", SeriesFilter.ALL))
              .isInstanceOfSatisfying(
                  Reading.Absent.class, absent -> assertThat(absent.cause()).contains(fault.says));
        });
  }

  @Test
  void scrape_sound_isRead_drivenByTheLiveLoop() throws InterruptedException {
    serve(answer("application/openmetrics-text; version=1.0.0", "g{a=\"b\"} 7\n# EOF\n"));
    withScraper(
        Duration.ofSeconds(1),
        scraper -> {
          await().until(() -> scraper.pods().stream().anyMatch(PodScrapeState::ok));

          assertThat(scraper.gauge("ns", "a", "g", SeriesFilter.ALL))
              .isInstanceOfSatisfying(
                  Reading.Value.class, known -> assertThat(known.value()).isEqualTo(7));
        });
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/metrics?kind=all");
    assertThat(request.getHeaders().get("Accept")).startsWith("application/openmetrics-text");
  }

  private interface Check {
    void with(Scraper scraper);
  }

  /** Drives a scraper by its live loop, on a clock that is an interval further at every look. */
  private void withScraper(Duration interval, Check check) {
    ScrapeConfig config =
        new ScrapeConfig(interval, interval, Duration.ofDays(1), Duration.ofDays(1), 4, 10_000);
    ScrapeTarget target =
        new ScrapeTarget(
            "ns", "a", URI.create("http://127.0.0.1:" + server.getPort() + "/metrics?kind=all"));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (var fetcher = new HttpPodFetcher(config);
        var executor = Executors.newSingleThreadScheduledExecutor()) {
      Scraper scraper =
          new Scraper(
              config,
              () -> List.of(target),
              fetcher,
              Set.of("g"),
              () -> now.getAndUpdate(last -> last.plus(interval)));
      var loop = scraper.start(executor);
      try {
        check.with(scraper);
      } finally {
        loop.cancel(false);
      }
    }
  }

  private void serve(MockResponse answer) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer;
          }
        });
  }

  private static MockResponse answer(String type, String body) {
    return new MockResponse.Builder().addHeader("Content-Type", type).body(body).build();
  }
}
