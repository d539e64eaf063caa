// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import static io.agentscale.simulations.trace.TestTraffic.count;
import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that is misspelt and ignored is a scenario that answers another question. */
final class TrafficYamlTest {
  @TempDir private Path directory;

  private TrafficSpec spec(String text) {
    return YamlDocument.parse("scenario.yaml", directory, text, TrafficYaml::read);
  }

  private Traffic open(String text) {
    return spec(text).open(TrafficSetting.usual());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant      | rate: 5",
        "ramp          | from: 1, to: 9, over: 1h",
        "step          | before: 1, after: 9, at: 1h",
        "spike         | base: 1, peak: 9, at: 30m, hold: 1h",
        "diurnal       | low: 1, high: 9",
        "diurnal       | low: 1, high: 9, peakHour: 20.5, start: 2026-01-05, step: 1m, seed: 4",
        "weekly        | low: 1, high: 9, weekend: 0.4",
        "bursts        | quiet: 1, burst: 9, quietMean: 10m, burstMean: 1m",
        "flash-crowd   | base: 1, peak: 9, at: 30m, rise: 1m, halfLife: 10m",
        "published-day | factor: 0.01"
      })
  void everyGenerator_canBeWritten(String generator, String keys) {
    Traffic traffic = open("{generator: %s, duration: 2h, %s}".formatted(generator, keys));
    assertThat(ratesOf(traffic)).allMatch(rate -> rate >= 0.3 && rate <= 9);
    assertThat(Duration.between(traffic.start(), traffic.end())).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void file_isRelativeToItsScenario_andIsReadAsItSays() throws IOException {
    Files.writeString(directory.resolve("day.csv"), "t_s,what,n\n0,x,60\n60,x,bad\n120,x,180\n");
    Traffic traffic =
        open(
            """
            file: day.csv
            format: rate-csv
            column: n
            value: count
            start: 2026-01-05T06:00:00Z
            skipBadRows: true
            gaps: hold
            """);
    assertThat(traffic.start()).isEqualTo(Instant.parse("2026-01-05T06:00:00Z"));
    // Two good rows are two minutes apart, so that is the usual distance.
    assertThat(ratesOf(traffic)).containsExactly(0.5, 1.5);
  }

  @Test
  void gaps_areRefusedUnlessSomethingIsSaid() throws IOException {
    Files.writeString(directory.resolve("g.csv"), "t_s,rate\n0,1\n60,2\n120,3\n240,5\n300,6\n");
    Traffic refused = open("{file: g.csv}");
    assertThatThrownBy(() -> ratesOf(refused)).hasMessageContaining("for 1 steps of PT1M");
    assertThat(ratesOf(open("{file: g.csv, gaps: zero}")).get(3)).isZero();
    assertThat(ratesOf(spec("{file: g.csv}").openAsRecorded(TrafficSetting.usual())).get(3))
        .isNaN();
  }

  @Test
  void transforms_areAppliedInTheirOrder() {
    Traffic traffic =
        open(
            """
            generator: constant
            rate: 10
            duration: 1h
            step: 1m
            transforms:
            - scale: 2
            - stretch: 2
            - shift: {later: 1d}
            - window: {from: 30m, to: 2024-01-02T01:00:00Z}
            - superpose: {generator: constant, rate: 5, duration: 30m, start: 2024-01-02T00:30:00Z}
            - growth: {factor: 1.5, over: 30d, ahead: 30d, shape: linear}
            - scaleTo: {quantile: 0.5, requestsPerSecond: 100}
            - noise: 0
            """);
    assertThat(traffic.start()).isEqualTo(Instant.parse("2024-01-02T00:30:00Z"));
    assertThat(((RateTraffic) traffic).step()).isEqualTo(Duration.ofSeconds(10));
    assertThat(ratesOf(traffic)).hasSize(180).allMatch(rate -> Math.abs(rate - 100) < 0.1);
    assertThat(count(traffic)).isCloseTo(180_000, within(200.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                           | must have one of the keys file, generator",
        "{file: a, generator: constant, rate: 1, duration: 1h} | must have one of the keys",
        "{generator: constnat}                        | generator: must be one of constant, ramp",
        "{generator: constant, duration: 1h}          | rate: is required",
        "{generator: constant, rate: 1}               | duration: is required",
        "{generator: constant, rate: many, duration: 1h} | rate: must be a number, was: many",
        "{generator: constant, rate: -1, duration: 1h}   | rate: must be requests per second",
        "{generator: constant, rate: 1, duration: 1h, lowe: 4} | lowe: unknown key",
        "{file: a, gaps: maybe}                       | gaps: must be one of fail, hold, zero",
        "{file: a, format: csv}                       | format: must be one of azure-llm",
        "{file: a, transforms: [{scale: 2, stretch: 2}]} | transforms[0]: must have one key",
        "{file: a, transforms: [{scal: 2}]}          | transforms[0].scal: unknown key, did you mean scale?",
        "{file: a, transforms: [{scale: 0}]}          | transforms[0].scale: factor: must be above 0",
        "{file: a, transforms: [{shift: {}}]}         | transforms[0].shift: must have one of the keys later",
        "{prometheus: {url: 'http://p:9090', query: up}}  | must have one of the keys from and last",
        "{prometheus: {url: nowhere, query: up, last: 1d}} | prometheus.url: must be a URL"
      })
  void mistakes_areRefusedWithTheirField(String text, String message) {
    assertThatThrownBy(() -> spec(text))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageContaining("scenario.yaml:1:")
        .hasMessageContaining(message);
  }

  @Test
  void aChangeThatDoesNotFit_isNamed() {
    assertThatThrownBy(
            () ->
                open(
                    "{generator: constant, rate: 0, duration: 1h, transforms: [{scale: 2},"
                        + " {scaleTo: {quantile: 1, requestsPerSecond: 5}}]}"))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining("transforms[1]: the quantile 1.0 of this traffic is 0");
  }
}
