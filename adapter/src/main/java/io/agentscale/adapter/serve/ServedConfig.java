// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.Served;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.otlp.BothPresetReadings;
import io.agentscale.adapter.otlp.PushedPods;
import io.agentscale.adapter.otlp.PushedPresetReadings;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetMetrics;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.preset.PrometheusPresetReadings;
import io.agentscale.adapter.preset.QueryScope;
import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.adapter.rules.RuleDiscovery;
import io.agentscale.adapter.rules.RuleMetrics;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.adapter.usage.RuleUsage;
import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One configuration as it is served. It never changes; another configuration is another one of
 * these, which takes over what both have in common.
 */
final class ServedConfig {
  /** Old enough to share one answer among all who ask, far younger than an autoscaler's period. */
  static final FreshCache.Limits ANSWERS =
      new FreshCache.Limits(
          Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(1), 10_000);

  private final AdapterConfig config;
  private final Surroundings surroundings;
  private final PrometheusServers servers;
  private final Map<String, RuleBackend> backends;
  private final RuleDiscovery discovery;
  private final RuleMetrics metrics;
  private final RuleRelist relist;
  private final List<Consumer<Duration>> refreshed = new ArrayList<>();
  private final PresetReadings readings;
  private final PresetMetrics presets;
  private final Optional<ResourceMetricsProvider> usage;

  /** What stays while configurations come and go. */
  record Surroundings(
      KnownObjects known,
      Optional<PodScraping> scraping,
      Optional<PushedPods> pushed,
      MetricsExporter exporter,
      InstantSource clock) {}

  private ServedConfig(
      AdapterConfig config,
      Surroundings surroundings,
      PrometheusServers servers,
      Map<String, RuleBackend> backends,
      RuleDiscovery discovery,
      RuleMetrics metrics) {
    this.config = config;
    this.surroundings = surroundings;
    this.servers = servers;
    this.backends = backends;
    this.discovery = discovery;
    this.metrics = metrics;
    this.relist = new RuleRelist(discovery, surroundings.clock());
    backends.values().forEach(backend -> refreshed.add(backend::refresh));
    this.readings = presetReadings();
    this.presets = new PresetMetrics(readings, enabled(config.presets()));
    this.usage = usage();
  }

  static ServedConfig of(AdapterConfig config, Surroundings surroundings) {
    PrometheusServers servers =
        new PrometheusServers(config, surroundings.exporter(), surroundings.clock());
    Map<String, RuleBackend> backends = backends(servers, surroundings.clock());
    KnownObjects known = surroundings.known();
    RuleDiscovery discovery =
        new RuleDiscovery(config.rules(), known.kinds(), backends, RuleRelist.PERIOD);
    RuleMetrics metrics =
        new RuleMetrics(
            discovery,
            known.kinds(),
            known.objects(),
            surroundings.clock(),
            config.rules().shadowVerify(),
            surroundings.exporter()::batchCompared);
    return new ServedConfig(config, surroundings, servers, backends, discovery, metrics);
  }

  /** Returns another configuration; with the same Prometheus servers it shares their answers. */
  ServedConfig successor(AdapterConfig next) {
    boolean sameServers =
        next.prometheus().equals(config.prometheus()) && next.backends().equals(config.backends());
    PrometheusServers nextServers =
        sameServers
            ? servers
            : new PrometheusServers(next, surroundings.exporter(), surroundings.clock());
    Map<String, RuleBackend> nextBackends =
        sameServers ? backends : backends(nextServers, surroundings.clock());
    RuleDiscovery nextDiscovery = discovery.successor(next.rules(), nextBackends);
    return new ServedConfig(
        next,
        surroundings,
        nextServers,
        nextBackends,
        nextDiscovery,
        metrics.successor(nextDiscovery, next.rules().shadowVerify()));
  }

  /**
   * Returns what is served.
   *
   * @param teams what namespaces' own rules add; they replace nothing
   */
  Served served(MetricOrigin teams) {
    return new Served(List.of(metrics, presets, teams), usage);
  }

  AdapterConfig config() {
    return config;
  }

  PrometheusServers servers() {
    return servers;
  }

  /** Returns what is known of the presets. */
  PresetReadings readings() {
    return readings;
  }

  /** Returns a Prometheus by name; the default one's is empty. */
  Optional<RuleBackend> backend(String name) {
    return Optional.ofNullable(backends.get(name));
  }

  RuleRelist relist() {
    return relist;
  }

  /** Asks again what is still being asked and would soon be too old. */
  void refresh(Duration ahead) {
    refreshed.forEach(refresh -> refresh.accept(ahead));
  }

  private static Map<String, RuleBackend> backends(PrometheusServers servers, InstantSource clock) {
    return servers.byName().entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, server -> new RuleBackend(server.getValue(), clock, ANSWERS)));
  }

  private Optional<ResourceMetricsProvider> usage() {
    Optional<RuleBackend> backend = Optional.ofNullable(backends.get(PrometheusServers.DEFAULT));
    return config
        .rules()
        .resourceRules()
        .map(
            rules ->
                new RuleUsage(
                    rules,
                    promql -> ask(backend, promql),
                    surroundings.known().kinds(),
                    surroundings.known().objects()));
  }

  private static CompletionStage<QueryResult> ask(Optional<RuleBackend> backend, String promql) {
    return backend
        .map(known -> known.ask(promql).thenApply(FreshCache.Fetched::value))
        .orElseGet(
            () ->
                CompletableFuture.failedStage(
                    new IllegalStateException(
                        "no Prometheus is configured; give prometheus.url or --prometheus-url")));
  }

  private PresetReadings presetReadings() {
    if (surroundings.pushed().isEmpty()) {
      return scrapedReadings();
    }
    PresetReadings pushed =
        new PushedPresetReadings(surroundings.pushed().get(), config.presets().window());
    boolean alone = surroundings.scraping().isEmpty() && servers.defaultOne().isEmpty();
    return alone ? pushed : new BothPresetReadings(pushed, scrapedReadings());
  }

  private PresetReadings scrapedReadings() {
    if (surroundings.scraping().isPresent()) {
      return surroundings.scraping().get().readings();
    }
    GuardedPrometheus prometheus =
        servers
            .defaultOne()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "scrape.enabled: must be true where there is no prometheus, was: false"));
    PrometheusPresetReadings readings =
        new PrometheusPresetReadings(
            promql -> prometheus.query(promql, surroundings.clock().instant()),
            scope(),
            surroundings.clock(),
            ANSWERS);
    refreshed.add(readings::refresh);
    return readings;
  }

  /** Returns how the default Prometheus labels pods. */
  QueryScope scope() {
    return config.presets().scope();
  }

  private static Set<Preset> enabled(AdapterConfig.Presets presets) {
    return presets.enabled().stream()
        .map(name -> Preset.named(name).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }
}
