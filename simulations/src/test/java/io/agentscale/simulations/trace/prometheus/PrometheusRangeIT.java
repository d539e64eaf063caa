// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.prometheus;

import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.QuestionListener;
import io.agentscale.adapter.prometheus.RealPrometheus;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateTraffic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month of history takes minutes to read; what breaks on the way must not cost what is there. */
final class PrometheusRangeIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant TO = Instant.parse("2026-01-15T12:34:56Z");

  /** The rate of every minute is the minute's number within its day. */
  private static final String MINUTE_OF_DAY = "floor(vector(time()) % 86400 / 60)";

  private static RealPrometheus prometheus;

  @TempDir private Path cache;
  private final List<String> questions = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    prometheus = RealPrometheus.start("- job_name: none", Duration.ofSeconds(15));
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  private RateTraffic fetch(URI url, String query, Duration last, Instant now) {
    RangeQuestion question = new RangeQuestion(url, query, TO.minus(last), TO, MINUTE);
    QuestionListener listener = (endpoint, took, failure) -> questions.add(endpoint);
    try (PrometheusClient client = new PrometheusClient(PrometheusConfig.at(url), listener)) {
      return new PrometheusRange(client, cache)
          .fetch(question, now, (done, total) -> assertThat(done).isBetween(0, total));
    }
  }

  @Test
  void aMonthInPieces_isComplete_andNotAskedForAgain() {
    Duration month = Duration.ofDays(30);
    RateTraffic traffic = fetch(prometheus.url(), MINUTE_OF_DAY, month, TO.plus(month));
    assertThat(questions).hasSize(31);
    assertThat(traffic.start()).isEqualTo(Instant.parse("2025-12-16T12:34:00Z"));
    List<Double> values = ratesOf(traffic);
    assertThat(values).hasSize(30 * 1440);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i)).isEqualTo((12 * 60 + 34 + i) % 1440);
    }
    questions.clear();
    assertThat(ratesOf(fetch(prometheus.url(), MINUTE_OF_DAY, month, TO.plus(month))))
        .isEqualTo(values);
    assertThat(questions).isEmpty();
  }

  @Test
  void anInterruptedReading_goesOnWhereItWas() throws IOException {
    Duration days = Duration.ofDays(5);
    fetch(prometheus.url(), MINUTE_OF_DAY, days, TO.plus(days));
    assertThat(questions).hasSize(6);
    List<Path> pieces = pieces();
    Files.delete(pieces.get(4));
    Files.move(pieces.get(5), pieces.get(5).resolveSibling("0.csv.part"));
    questions.clear();
    assertThat(ratesOf(fetch(prometheus.url(), MINUTE_OF_DAY, days, TO.plus(days))))
        .hasSize(5 * 1440)
        .noneMatch(rate -> Double.isNaN(rate));
    assertThat(questions).hasSize(2);
  }

  private List<Path> pieces() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  @Test
  void theDayThatIsNotOver_isAskedForEveryTime() {
    fetch(prometheus.url(), MINUTE_OF_DAY, Duration.ofDays(2), TO);
    questions.clear();
    RateTraffic again = fetch(prometheus.url(), MINUTE_OF_DAY, Duration.ofDays(2), TO);
    assertThat(questions).hasSize(1);
    assertThat(ratesOf(again)).hasSize(2 * 1440).noneMatch(rate -> Double.isNaN(rate));
  }

  @Test
  void stepsWithoutASample_areUnknown_andSeriesAreAddedUp() {
    String query =
        "(vector(1) and on() (hour() > 3)) or label_replace(vector(2) and on()"
            + " (hour() > 5), \"pod\", \"b\", \"\", \"\")";
    List<Double> values =
        ratesOf(fetch(prometheus.url(), query, Duration.ofHours(12), TO.plus(Duration.ofDays(1))));
    // From 00:34 on: nothing until 4 o'clock, one until 6, then both.
    assertThat(values.subList(0, 206)).containsOnly(Double.NaN);
    assertThat(values.subList(206, 326)).containsOnly(1.0);
    assertThat(values.subList(326, 720)).containsOnly(3.0);
  }

  @Test
  void whatIsNoRate_andWhoDoesNotAnswer_areSaid() {
    Duration day = Duration.ofDays(1);
    assertThatThrownBy(() -> fetch(prometheus.url(), "vector(-1)", day, TO.plus(day)))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining("from 0 up, was: -1.0");
    assertThatThrownBy(() -> fetch(prometheus.url(), "rate(", day, TO.plus(day)))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining("parse error");
    assertThatThrownBy(() -> fetch(URI.create("http://127.0.0.1:1"), "up", day, TO.plus(day)))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining("asking again goes on from there");
  }
}
