// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.cluster.PodIndex;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.preset.ScrapedPresetReadings;
import io.agentscale.adapter.scrape.AnnotatedPods;
import io.agentscale.adapter.scrape.ExposedSeries;
import io.agentscale.adapter.scrape.HttpPodFetcher;
import io.agentscale.adapter.scrape.PodFetcher;
import io.agentscale.adapter.scrape.ScrapeConfig;
import io.agentscale.adapter.scrape.ScrapeTarget;
import io.agentscale.adapter.scrape.Scraper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/** Scrapes the pods that ask for it, and reads the presets from what they say. */
final class PodScraping implements AutoCloseable {
  private final HttpPodFetcher fetcher;
  private final Scraper scraper;
  private final PresetReadings readings;

  PodScraping(AdapterConfig config, PodIndex pods, MetricsExporter exporter, InstantSource clock) {
    Duration rateWindow = config.presets().window();
    ScrapeConfig scrape = scrapeConfig(config.scrape(), rateWindow);
    this.fetcher = new HttpPodFetcher(scrape);
    this.scraper =
        new Scraper(
            scrape,
            new AnnotatedPods(pods),
            new CountedFetcher(fetcher, exporter, clock),
            Preset.series(),
            clock);
    this.readings = new ScrapedPresetReadings(scraper, rateWindow, clock);
  }

  PresetReadings readings() {
    return readings;
  }

  void start(ScheduledExecutorService clockwork) {
    var _ = scraper.start(clockwork);
  }

  @Override
  public void close() {
    fetcher.close();
  }

  private static ScrapeConfig scrapeConfig(AdapterConfig.Scrape scrape, Duration rateWindow) {
    ScrapeConfig usual = ScrapeConfig.every(scrape.interval());
    Duration history = rateWindow.plus(scrape.interval().multipliedBy(2));
    return new ScrapeConfig(
        scrape.interval(),
        scrape.timeout(),
        scrape.staleAfter(),
        history.compareTo(usual.history()) > 0 ? history : usual.history(),
        usual.maxConcurrent(),
        usual.maxBodyBytes());
  }

  private record CountedFetcher(PodFetcher fetcher, MetricsExporter exporter, InstantSource clock)
      implements PodFetcher {
    @Override
    public CompletionStage<List<ExposedSeries>> fetch(
        ScrapeTarget target, Predicate<String> wanted) {
      Instant started = clock.instant();
      return fetcher
          .fetch(target, wanted)
          .whenComplete(
              (_, failure) ->
                  exporter.scraped(
                      failure == null ? "ok" : "failed",
                      Duration.between(started, clock.instant())));
    }
  }
}
