// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.metrics.Served;
import io.agentscale.adapter.ops.MetricsExporter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where values come from, the Prometheus servers and the pods themselves, with the clockwork that
 * keeps fresh what is asked for.
 */
final class MetricSources implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricSources.class);
  private static final Duration REFRESH_PERIOD = Duration.ofSeconds(1);
  private static final Duration REFRESH_AHEAD = Duration.ofSeconds(2);

  /** Longer than any question under way when its Prometheus left the configuration. */
  private static final Duration RETIREMENT = Duration.ofMinutes(1);

  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metric-sources").factory());
  private final Optional<PodScraping> scraping;
  private final List<Runnable> rounds = new CopyOnWriteArrayList<>();
  private final List<PrometheusServers> retired = new ArrayList<>();
  private final TeamRules teams;
  private volatile ServedConfig current;

  MetricSources(
      AdapterConfig config, KnownObjects known, MetricsExporter exporter, InstantSource clock) {
    this.scraping = known.pods().map(pods -> new PodScraping(config, pods, exporter, clock));
    this.current =
        ServedConfig.of(config, new ServedConfig.Surroundings(known, scraping, exporter, clock));
    this.teams = new TeamRules(known, config, current.servers(), clock);
  }

  /** Returns the rules that namespaces have of their own. */
  TeamRules teams() {
    return teams;
  }

  /** Tells whether a configuration has pods scraped: if it says so, or names no Prometheus. */
  static boolean scrapes(AdapterConfig config) {
    return config.scrape().enabled().orElse(config.prometheus().isEmpty());
  }

  /** Returns what is served now: the configuration's rules before the presets. */
  Served served() {
    return current.served(teams.origin());
  }

  /** Returns the configuration that is served now. */
  ServedConfig current() {
    return current;
  }

  /** Does something more in each round of the clockwork, every second. */
  void everyRound(Runnable task) {
    rounds.add(task);
  }

  /** Begins to ask and to scrape. */
  void start() {
    scraping.ifPresent(pods -> pods.start(clockwork));
    var _ =
        clockwork.scheduleAtFixedRate(
            this::refresh, 0, REFRESH_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Serves another configuration from the moment on at which its series are listed; until then, and
   * for the requests under way, the present one is served. Waits for that.
   *
   * @throws IllegalArgumentException if the configurations differ in what is fixed at start
   */
  synchronized void replace(AdapterConfig next) {
    requireSameFrame(current.config(), next);
    ServedConfig before = current;
    ServedConfig successor = before.successor(next);
    successor.relist().list().toCompletableFuture().join();
    current = successor;
    teams.use(next, successor.servers());
    if (successor.servers() != before.servers()) {
      retired.add(before.servers());
      var _ =
          clockwork.schedule(
              () -> before.servers().close(), RETIREMENT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void requireSameFrame(AdapterConfig now, AdapterConfig next) {
    requireSame("server", now.server(), next.server());
    requireSame("ops", now.ops(), next.ops());
    requireSame("objects", now.objectsFile(), next.objectsFile());
    requireSame("policies", now.policies(), next.policies());
    requireSame("scrape", now.scrape(), next.scrape());
    requireSame("scrape, prometheus: scraping of pods", scrapes(now), scrapes(next));
    if (scrapes(now)) {
      requireSame("presets.window", now.presets().window(), next.presets().window());
    }
  }

  private static void requireSame(String field, Object now, Object next) {
    if (!now.equals(next)) {
      throw new IllegalArgumentException(
          field + ": was changed, which needs a restart; nothing of the file is in use");
    }
  }

  /** Returns why questions cannot be answered yet; empty once they can. */
  Optional<String> unready() {
    return current.relist().unready();
  }

  @Override
  public synchronized void close() {
    clockwork.shutdownNow();
    scraping.ifPresent(PodScraping::close);
    retired.forEach(PrometheusServers::close);
    current.servers().close();
  }

  private void refresh() {
    try {
      ServedConfig now = current;
      now.relist().tick();
      now.refresh(REFRESH_AHEAD);
      teams.tick(REFRESH_AHEAD);
      rounds.forEach(Runnable::run);
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again.
      log.atError().setCause(e).log("Refreshing met a bug; the next round goes on");
    }
  }
}
