// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetMetrics;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.preset.PrometheusPresetReadings;
import io.agentscale.adapter.preset.QueryScope;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.adapter.rules.RuleDiscovery;
import io.agentscale.adapter.rules.RuleMetrics;
import io.agentscale.adapter.sample.FreshCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where values come from, the Prometheus servers and the pods themselves, with the clockwork that
 * keeps fresh what is asked for.
 */
final class MetricSources implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricSources.class);

  /** Old enough to share one answer among all who ask, far younger than an autoscaler's period. */
  private static final FreshCache.Limits ANSWERS =
      new FreshCache.Limits(
          Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(1), 10_000);

  private static final Duration REFRESH_PERIOD = Duration.ofSeconds(1);
  private static final Duration REFRESH_AHEAD = Duration.ofSeconds(2);

  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metric-sources").factory());
  private final PrometheusServers servers;
  private final Optional<PodScraping> scraping;
  private final RuleRelist relist;
  private final List<Consumer<Duration>> refreshed = new ArrayList<>();
  private final List<MetricOrigin> origins;

  MetricSources(
      AdapterConfig config, KnownObjects known, MetricsExporter exporter, InstantSource clock) {
    this.servers = new PrometheusServers(config, exporter);
    this.scraping = known.pods().map(pods -> new PodScraping(config, pods, exporter, clock));
    RuleDiscovery discovery =
        new RuleDiscovery(config.rules(), known.kinds(), backends(clock), RuleRelist.PERIOD);
    this.relist = new RuleRelist(discovery, clock);
    this.origins =
        List.of(
            new RuleMetrics(discovery, known.kinds(), known.objects(), clock),
            new PresetMetrics(presetReadings(config, clock), enabled(config.presets())));
  }

  /** Tells whether a configuration has pods scraped: if it says so, or names no Prometheus. */
  static boolean scrapes(AdapterConfig config) {
    return config.scrape().enabled().orElse(config.prometheus().isEmpty());
  }

  /** Returns who answers: the configuration's rules before the presets. */
  List<MetricOrigin> origins() {
    return origins;
  }

  /** Begins to ask and to scrape. */
  void start() {
    scraping.ifPresent(pods -> pods.start(clockwork));
    var _ =
        clockwork.scheduleAtFixedRate(
            this::refresh, 0, REFRESH_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns why questions cannot be answered yet; empty once they can. */
  Optional<String> unready() {
    return relist.unready();
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
    scraping.ifPresent(PodScraping::close);
    servers.close();
  }

  private void refresh() {
    try {
      relist.tick();
      refreshed.forEach(refresh -> refresh.accept(REFRESH_AHEAD));
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again.
      log.atError().setCause(e).log("Refreshing met a bug; the next round goes on");
    }
  }

  private Map<String, RuleBackend> backends(InstantSource clock) {
    Map<String, RuleBackend> backends =
        servers.byName().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    server -> new RuleBackend(server.getValue(), clock, ANSWERS)));
    backends.values().forEach(backend -> refreshed.add(backend::refresh));
    return backends;
  }

  private PresetReadings presetReadings(AdapterConfig config, InstantSource clock) {
    if (scraping.isPresent()) {
      return scraping.get().readings();
    }
    AdapterConfig.Presets presets = config.presets();
    PrometheusClient prometheus =
        servers
            .defaultOne()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "scrape.enabled: must be true where there is no prometheus, was: false"));
    PrometheusPresetReadings readings =
        new PrometheusPresetReadings(
            promql -> prometheus.query(promql, clock.instant()),
            new QueryScope(
                presets.namespaceLabel(), presets.podLabel(), presets.window(), List.of()),
            clock,
            ANSWERS);
    refreshed.add(readings::refresh);
    return readings;
  }

  private static java.util.Set<Preset> enabled(AdapterConfig.Presets presets) {
    return presets.enabled().stream()
        .map(name -> Preset.named(name).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }
}
