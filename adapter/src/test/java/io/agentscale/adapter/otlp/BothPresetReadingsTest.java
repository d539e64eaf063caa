// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pod that pushes and is scraped must count once, and one of the two must not hide the other. */
final class BothPresetReadingsTest {
  private static final Reading ONE = new Reading.Value(1, Instant.EPOCH, Optional.empty());
  private static final Reading TWO = new Reading.Value(2, Instant.EPOCH, Optional.empty());
  private static final Reading STALE = new Reading.Stale(Instant.EPOCH, "silent");
  private static final Reading ABSENT = new Reading.Absent("never");

  record Case(String name, Reading pushed, Reading scraped, Reading expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> merged() {
    return Stream.of(
        new Case("pushed is fresher", ONE, TWO, ONE),
        new Case("pushed silent", STALE, TWO, TWO),
        new Case("both silent", STALE, STALE, STALE),
        new Case("silent and never scraped", STALE, ABSENT, STALE),
        new Case("never pushed", ABSENT, TWO, TWO),
        new Case("never pushed, scraped silent", ABSENT, STALE, STALE),
        new Case("pushed, scraped silent", ONE, STALE, ONE));
  }

  private static PresetReadings of(CompletionStage<Map<String, Reading>> answer) {
    return (Preset preset, String namespace, LabelSelector series) -> answer;
  }

  private static CompletionStage<Map<String, Reading>> ask(
      PresetReadings pushed, PresetReadings scraped) {
    return new BothPresetReadings(pushed, scraped)
        .inNamespace(Preset.AGENT_CONCURRENCY, "agents", LabelSelector.EVERYTHING);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void merged(Case c) {
    assertThat(
            ask(
                of(completedStage(Map.of("p", c.pushed()))),
                of(completedStage(Map.of("p", c.scraped())))))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(Map.of("p", c.expected()));
  }

  @Test
  void podsOfEither_areAllThere() {
    assertThat(ask(of(completedStage(Map.of("p", ONE))), of(completedStage(Map.of("s", TWO)))))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(Map.of("p", ONE, "s", TWO));
  }

  @Test
  void sourceThatFails_leavesNothingKnown() {
    assertThat(
            ask(
                of(completedStage(Map.of("p", ONE))),
                of(failedStage(new IllegalStateException("Prometheus is gone")))))
        .failsWithin(Duration.ofSeconds(5));
  }
}
