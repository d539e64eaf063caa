// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.scrape.ExposedSeries;
import io.agentscale.adapter.scrape.ScrapeConfig;
import io.agentscale.adapter.scrape.ScrapeTarget;
import io.agentscale.adapter.scrape.Scraper;
import io.agentscale.core.metric.LabelSelector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An autoscaler's selector must find the same pods with a Prometheus and without one. */
final class ScrapedPresetReadingsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Scraper scraper =
      new Scraper(
          ScrapeConfig.defaults(),
          () -> List.of(target("a"), target("b")),
          (target, wanted) ->
              completedStage(
                  List.of(
                      new ExposedSeries(
                          "agent_runs_in_flight", Map.of("model", "m"), 3, Optional.empty()))),
          Preset.series(),
          () -> now);
  private final ScrapedPresetReadings readings =
      new ScrapedPresetReadings(scraper, Duration.ofMinutes(1), () -> now);

  @Test
  void selector_matchesTheLabelsAPrometheusWouldHaveAdded() {
    for (int i = 0; i < 300; i++) {
      scraper.tick();
      now = now.plusMillis(100);
    }

    assertThat(known("namespace=agent-prod")).containsOnly("a", "b");
    assertThat(known("namespace=agent-prod,pod=a,model=m")).containsOnly("a");
    assertThat(known("namespace=other")).isEmpty();
    assertThat(known("model=n")).isEmpty();
  }

  private List<String> known(String selector) {
    return readings
        .inNamespace(Preset.AGENT_CONCURRENCY, "agent-prod", LabelSelector.parse(selector))
        .toCompletableFuture()
        .join()
        .entrySet()
        .stream()
        .filter(pod -> pod.getValue() instanceof Reading.Value)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static ScrapeTarget target(String pod) {
    return new ScrapeTarget("agent-prod", pod, URI.create("http://10.0.0.1:9090/metrics"));
  }
}
