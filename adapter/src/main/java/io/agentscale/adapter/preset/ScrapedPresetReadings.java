// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.agentscale.adapter.sample.AnswerMemory;
import io.agentscale.adapter.sample.AnswerMemory.Made;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.scrape.PodScrapeState;
import io.agentscale.adapter.scrape.Scraper;
import io.agentscale.adapter.scrape.SeriesFilter;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Reads presets from what was scraped off the pods themselves; always from memory. What was read is
 * given again for a moment, so that many who ask at once cost one reading; its times are those of
 * the samples all the same.
 */
public final class ScrapedPresetReadings implements PresetReadings {
  /** A twentieth of the shortest interval anyone scrapes at. */
  private static final Duration MOMENT = Duration.ofMillis(250);

  /** Readings of pods in all answers kept together; some 200 bytes each. */
  private static final int MOST_READINGS = 50_000;

  private final Scraper scraper;
  private final Duration rateWindow;
  private final InstantSource clock;
  private final AnswerMemory<Question, Map<String, Reading>> answers =
      new AnswerMemory<>(MOST_READINGS, Map::size);

  private record Question(Preset preset, String namespace, LabelSelector series) {}

  /**
   * Creates the readings.
   *
   * @param rateWindow what counters are differentiated over; at most the scraper's history
   */
  public ScrapedPresetReadings(Scraper scraper, Duration rateWindow, InstantSource clock) {
    this.scraper = scraper;
    this.rateWindow = rateWindow;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Map<String, Reading>> inNamespace(
      Preset preset, String namespace, LabelSelector series) {
    Instant now = clock.instant();
    return completedStage(
        answers.get(
            new Question(preset, namespace, series),
            scraper,
            now,
            () -> new Made<>(read(preset, namespace, series), now.plus(MOMENT))));
  }

  private Map<String, Reading> read(Preset preset, String namespace, LabelSelector series) {
    Map<String, Reading> readings = new TreeMap<>();
    for (PodScrapeState pod : scraper.pods()) {
      if (pod.target().namespace().equals(namespace)) {
        String name = pod.target().pod();
        readings.put(
            name,
            preset.metric().read(new ScrapedPod(namespace, name, series), rateWindow).reading());
      }
    }
    return readings;
  }

  private final class ScrapedPod implements PodReadings {
    private final String namespace;
    private final String name;
    private final LabelSelector selector;

    ScrapedPod(String namespace, String name, LabelSelector selector) {
      this.namespace = namespace;
      this.name = name;
      this.selector = selector;
    }

    @Override
    public Reading gauge(String series, List<LabelFilter> filters) {
      return scraper.gauge(namespace, name, series, filter(filters));
    }

    @Override
    public Reading ratePerSecond(String series, Duration window, List<LabelFilter> filters) {
      return scraper.ratePerSecond(namespace, name, series, window, filter(filters));
    }

    private SeriesFilter filter(List<LabelFilter> filters) {
      return labels ->
          (selector.isEmpty() || selector.matches(asByPrometheus(labels)))
              && filters.stream().allMatch(filter -> filter.matches(labels));
    }

    /**
     * With the labels a Prometheus adds, so that a selector means the same with and without one.
     */
    private Map<String, String> asByPrometheus(Map<String, String> labels) {
      Map<String, String> all = new HashMap<>(labels);
      all.put("namespace", namespace);
      all.put("pod", name);
      return all;
    }
  }
}
