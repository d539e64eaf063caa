// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.format.TraceFormat;
import io.agentscale.simulations.trace.row.BadRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restarts, pods that come and go, and scrapes that were missed must not look like traffic. */
final class DumpRatesTest {
  private static final double UNKNOWN = Double.NaN;

  @TempDir private Path directory;

  private RateTraffic read(String text, String series, BadRows bad) throws IOException {
    TraceFile file = new TraceFile(Files.writeString(directory.resolve("dump"), text));
    ReadOptions options =
        new ReadOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ReadOptions.DEFAULT_EPOCH,
            Optional.of(series).filter(s -> !s.isEmpty()),
            bad);
    return (RateTraffic) TraceFormat.sniff(file).open(file, options);
  }

  private RateTraffic read(String text, String series) throws IOException {
    return read(text, series, BadRows.refused());
  }

  private RateTraffic read(String text) throws IOException {
    return read(text, "");
  }

  @Test
  void counter_becomesARate_andAResetIsNoFall() throws IOException {
    RateTraffic rates =
        read(
            """
            # HELP http_requests Requests.
            # TYPE http_requests counter
            http_requests_total{pod="a"} 100 1767571200
            http_requests_total{pod="a"} 160 1767571260
            http_requests_total{pod="a"} 30 1767571320.000
            http_requests_total{pod="a"} 30 1767571380 # {trace_id="x"} 1 1767571380
            # EOF
            """);
    assertThat(rates.start()).isEqualTo(Instant.parse("2026-01-05T00:00:00Z"));
    assertThat(rates.step()).isEqualTo(Duration.ofMinutes(1));
    assertThat(ratesOf(rates)).containsExactly(1.0, 0.5, 0.0);
    assertThat(rates.end()).isEqualTo(Instant.parse("2026-01-05T00:03:00Z"));
  }

  @Test
  void seriesOfOneMetric_areAddedUp_thoughScrapedAtOtherMoments() throws IOException {
    RateTraffic rates =
        read(
            """
            {__name__="r_total", pod="a"} 0 1767571200000
            {__name__="r_total", pod="a"} 60 1767571260000
            {__name__="r_total", pod="a"} 120 1767571320000
            {__name__="r_total", pod="a"} 180 1767571380000
            {__name__="r_total", pod="b"} 0 1767571230000
            {__name__="r_total", pod="b"} 120 1767571290000
            {__name__="r_total", pod="b"} 240 1767571350000
            """);
    assertThat(ratesOf(rates)).containsExactly(2.0, 3.0, 2.0);
  }

  @Test
  void gauge_isARateAlready() throws IOException {
    String text =
        """
        # TYPE rps gauge
        rps{pod="a"} 4 1767571200
        rps{pod="a"} 6 1767571215
        rps{pod="a"} 5 1767571230
        # EOF
        """;
    assertThat(ratesOf(read(text))).containsExactly(4.0, 6.0);
  }

  @Test
  void missedScrapesAndTheEndOfASeries_areUnknown() throws IOException {
    StringBuilder text = new StringBuilder();
    for (long minute : new long[] {0, 1, 2, 3, 10, 11, 12}) {
      text.append("rps 5 ").append(1767571200 + 60 * minute).append('\n');
    }
    assertThat(ratesOf(read(text.toString())))
        .containsExactly(
            5.0, 5.0, 5.0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 5.0, 5.0);
    assertThat(
            ratesOf(
                read("rps 5 1767571200\nrps NaN 1767571260\nrps 7 1767571320\nrps 7 1767571380\n")))
        .containsExactly(5.0, UNKNOWN, 7.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r_total{pod=\"a\"}                 | 1",
        "r_total{pod!=\"a\"}                | 2",
        "r_total{pod=~\"[ab]\",zone=\"\"}   | 3",
        "{__name__=\"r_total\",pod!~\"a.*\"}| 2",
        "other                              | 7"
      })
  void selector_choosesSeries(String selector, double expected) throws IOException {
    String text =
        """
        {__name__="r_total", pod="a"} 0 0
        {__name__="r_total", pod="a"} 60 60000
        {__name__="r_total", pod="b"} 0 0
        {__name__="r_total", pod="b"} 120 60000
        {__name__="other"} 7 0
        {__name__="other"} 8 60000
        """;
    assertThat(ratesOf(read(text, selector))).containsExactly(expected);
  }

  @Test
  void severalMetricsWithoutASelector_areRefused() {
    assertThatThrownBy(() -> read("a 1 1\na 1 2\nb 1 1\n"))
        .hasMessageContaining("holds several metrics, a and b among them");
    assertThatThrownBy(() -> read("a 1 1\na 1 2\n", "c{x=\"1\"}"))
        .hasMessageContaining("at least one sample of c{x=\"1\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{x=\"1} 1 2   | dump:3: expected '\"'",
        "a 1            | dump:3: must end with a timestamp",
        "a one 3        | dump:3: expected a number",
        "a -1 3         | dump:3: value: must be from 0 up, was: -1.0",
        "a 1 1          | dump:3: timestamp: must be after the sample before",
        "a 1 3 4        | dump:3: expected nothing more"
      })
  void badLines_areRefusedOrSkipped(String line, String message) throws IOException {
    String text = "a 1 1\na 1 2\n" + line + "\na 1 4\n";
    assertThatThrownBy(() -> read(text)).hasMessageContaining(message);
    BadRows bad = BadRows.skipped();
    assertThat(ratesOf(read(text, "", bad))).hasSize(3);
    assertThat(bad.count()).isEqualTo(1);
  }
}
