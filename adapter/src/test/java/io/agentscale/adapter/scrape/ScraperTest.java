// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.adapter.sample.Reading;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A pod that is silent, restarted, gone or half-known must be called so, and never read as zero.
 * Time is simulated: a tick each 100 ms, as the live loop has them.
 */
final class ScraperTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final SeriesFilter ALL = SeriesFilter.ALL;

  private final List<ScrapeTarget> targets = new ArrayList<>(List.of(target("a")));
  private final Map<String, List<ExposedSeries>> exposed = new HashMap<>();
  private final Map<String, List<Instant>> fetched = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Scraper scraper = scraper(this::fetch, 16);

  @Test
  void gauge_sumsTheSeriesThatPassTheFilter() {
    expose("a", series("g", Map.of("role", "x"), 3), series("g", Map.of("role", "y"), 4), plain(5));
    run(INTERVAL);

    assertThat(value(gauge(ALL))).isEqualTo(12);
    assertThat(value(gauge(labels -> "x".equals(labels.get("role"))))).isEqualTo(3);
    assertThat(value(gauge(labels -> !labels.containsKey("role")))).isEqualTo(5);
    assertThat(gauge(labels -> "z".equals(labels.get("role")))).isInstanceOf(Reading.Absent.class);
    assertThat(((Reading.Value) gauge(ALL)).at()).isEqualTo(lastFetch("a"));
  }

  @Test
  void gauge_neverScraped_isAbsentWithTheCause() {
    run(INTERVAL);

    assertThat(gauge(ALL))
        .isInstanceOfSatisfying(
            Reading.Absent.class,
            absent ->
                assertThat(absent.cause())
                    .contains("pod ns/a", "no scrape has worked yet", "could not connect"));
    assertThat(scraper.gauge("ns", "b", "g", ALL))
        .isInstanceOfSatisfying(
            Reading.Absent.class, absent -> assertThat(absent.cause()).contains("is not scraped"));
  }

  @Test
  void gauge_seriesMissing_isAbsent() {
    expose("a", series("c_total", Map.of(), 1));
    run(INTERVAL);

    assertThat(gauge(ALL))
        .isInstanceOfSatisfying(
            Reading.Absent.class, absent -> assertThat(absent.cause()).contains("exposes no g"));
  }

  @Test
  void gauge_seriesVanishes_isStaleAtOnce() {
    expose("a", plain(1));
    run(INTERVAL);
    Instant lastSeen = lastFetch("a");
    expose("a");
    run(INTERVAL);

    assertThat(gauge(ALL))
        .isInstanceOfSatisfying(
            Reading.Stale.class, stale -> assertThat(stale.lastSeen()).isEqualTo(lastSeen));
  }

  @Test
  void gauge_podSilent_isHeldThenStaleThenForgotten_neverZero() {
    expose("a", plain(7));
    run(INTERVAL);
    Instant lastSeen = lastFetch("a");
    exposed.remove("a");
    run(INTERVAL);

    assertThat(gauge(ALL)).isEqualTo(new Reading.Value(7, lastSeen, Optional.empty()));
    run(INTERVAL.multipliedBy(3));
    assertThat(gauge(ALL))
        .isInstanceOfSatisfying(
            Reading.Stale.class,
            stale -> {
              assertThat(stale.lastSeen()).isEqualTo(lastSeen);
              assertThat(stale.cause()).contains("could not connect (refused)");
            });
    run(Duration.ofMinutes(3));
    assertThat(gauge(ALL)).isNotInstanceOf(Reading.Value.class);
  }

  @Test
  void gauge_notFinite_isAbsent() {
    expose("a", plain(Double.NaN));
    run(INTERVAL);
    assertThat(gauge(ALL)).isInstanceOf(Reading.Absent.class);

    expose("a", plain(Double.POSITIVE_INFINITY));
    run(INTERVAL);
    assertThat(gauge(ALL)).isInstanceOf(Reading.Absent.class);
  }

  @Test
  void gauge_ownTimestamp_isItsTime_butNeverTheFuture() {
    Instant own = now.minusSeconds(3);
    expose("a", new ExposedSeries("g", Map.of(), 1, Optional.of(own)));
    run(INTERVAL);
    assertThat(gauge(ALL)).isEqualTo(new Reading.Value(1, own, Optional.empty()));

    expose("a", new ExposedSeries("g", Map.of(), 2, Optional.of(now.plusSeconds(3600))));
    run(INTERVAL);
    assertThat(((Reading.Value) gauge(ALL)).at()).isEqualTo(lastFetch("a"));

    // A program stuck on an old timestamp exposes an old value, however often it is read.
    run(Duration.ofMinutes(1));
    targets.set(0, target("b"));
    expose("b", new ExposedSeries("g", Map.of(), 1, Optional.of(own)));
    run(INTERVAL);
    assertThat(scraper.gauge("ns", "b", "g", ALL)).isNotInstanceOf(Reading.Value.class);
  }

  @Test
  void rate_isTheSumOfEachSeriesGrowth() {
    for (int i = 0; i < 6; i++) {
      expose("a", counter("x", 100 + i * 10), counter("y", i * 5));
      run(INTERVAL);
    }

    Reading.Value rate = (Reading.Value) rate(WINDOW);
    assertThat(rate.value()).isEqualTo(3, within(1e-9));
    assertThat(rate.window()).hasValue(INTERVAL.multipliedBy(5));
    assertThat(rate.at()).isEqualTo(lastFetch("a"));
  }

  @Test
  void rate_oneSample_isAbsent() {
    expose("a", counter("x", 100));
    run(INTERVAL);

    assertThat(rate(WINDOW))
        .isInstanceOfSatisfying(
            Reading.Absent.class, absent -> assertThat(absent.cause()).contains("two samples"));
  }

  @Test
  void rate_restartedCounter_countsFromZero() {
    for (double value : new double[] {90, 100, 5, 15}) {
      expose("a", counter("x", value));
      run(INTERVAL);
    }

    // 10 before the restart, 5 since it, 10 more: 25 in three intervals.
    assertThat(value(rate(WINDOW))).isEqualTo(25 / 15.0, within(1e-9));
  }

  @Test
  void rate_looksOnlyIntoItsWindow() {
    for (double value : new double[] {0, 1000, 1010, 1020}) {
      expose("a", counter("x", value));
      run(INTERVAL);
    }

    assertThat(value(rate(Duration.ofSeconds(14)))).isEqualTo(2, within(1e-9));
    assertThatThrownBy(() -> rate(Duration.ofMinutes(3)))
        .hasMessageContaining("at most the history PT2M");
  }

  @Test
  void rate_idleCounter_isATrueZero() {
    expose("a", counter("x", 100));
    run(INTERVAL.multipliedBy(3));

    assertThat(value(rate(WINDOW))).isZero();
  }

  @Test
  void rate_podSilent_isStaleAndNotSlower() {
    for (int i = 0; i < 6; i++) {
      expose("a", counter("x", i * 10));
      run(INTERVAL);
    }
    exposed.remove("a");
    run(INTERVAL);
    assertThat(value(rate(WINDOW))).isEqualTo(2, within(1e-9));

    run(INTERVAL.multipliedBy(3));
    assertThat(rate(WINDOW)).isInstanceOf(Reading.Stale.class);
    run(WINDOW);
    assertThat(rate(WINDOW)).isInstanceOf(Reading.Stale.class);
  }

  @Test
  void rate_cachedTimestamp_countsOnce() {
    Instant own = now;
    expose("a", new ExposedSeries("c_total", Map.of(), 1, Optional.of(own)));
    run(INTERVAL.multipliedBy(2));

    assertThat(rate(WINDOW)).isInstanceOf(Reading.Absent.class);
  }

  @Test
  void tick_droppedPod_isForgotten() {
    expose("a", plain(1));
    run(INTERVAL);
    targets.clear();
    scraper.tick();

    assertThat(gauge(ALL)).isInstanceOf(Reading.Absent.class);
    assertThat(scraper.pods()).isEmpty();
  }

  @Test
  void tick_podAtANewAddress_startsAnew() {
    expose("a", counter("x", 100));
    run(INTERVAL);
    targets.set(0, new ScrapeTarget("ns", "a", URI.create("http://10.0.0.2:9090/metrics")));
    expose("a", counter("x", 500));
    run(INTERVAL);

    assertThat(rate(WINDOW)).isInstanceOf(Reading.Absent.class);
  }

  @Test
  void tick_spreadsPodsOverTheInterval_andKeepsTheirMoment() {
    targets.clear();
    for (int i = 0; i < 100; i++) {
      targets.add(target("pod-" + i));
    }
    run(INTERVAL.multipliedBy(4).plusMillis(100));

    assertThat(fetched).hasSize(100);
    Map<Long, Integer> perSecond = new HashMap<>();
    for (List<Instant> times : fetched.values()) {
      assertThat(times).hasSizeBetween(4, 5);
      assertThat(Duration.between(times.get(0), times.get(3))).isEqualTo(INTERVAL.multipliedBy(3));
      perSecond.merge(times.getFirst().getEpochSecond() % 5, 1, Integer::sum);
    }
    assertThat(perSecond.values()).hasSize(5).allMatch(count -> count >= 8 && count <= 35);
  }

  @Test
  void tick_manyDue_startsOnlyAsManyAsAllowed_andTheRestAsTheyEnd() {
    targets.clear();
    List<CompletableFuture<List<ExposedSeries>>> pending = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      targets.add(target("pod-" + i));
    }
    Scraper narrow =
        scraper(
            (target, wanted) -> {
              pending.add(new CompletableFuture<>());
              return pending.getLast();
            },
            2);
    narrow.tick();
    now = now.plus(INTERVAL);
    narrow.tick();
    narrow.tick();
    assertThat(pending).hasSize(2);

    pending.get(0).complete(List.of());
    assertThat(pending).hasSize(3);
    pending.get(1).completeExceptionally(new ConnectException("refused"));
    assertThat(pending).hasSize(4);
  }

  @Test
  void pods_tellHowScrapingGoes() {
    targets.add(target("b"));
    expose("a", plain(1));
    run(INTERVAL);

    assertThat(scraper.pods())
        .satisfiesExactly(
            a -> {
              assertThat(a.ok()).isTrue();
              assertThat(a.lastSuccess()).hasValue(lastFetch("a"));
              assertThat(a.took()).hasValue(Duration.ZERO);
            },
            b -> {
              assertThat(b.ok()).isFalse();
              assertThat(b.lastSuccess()).isEmpty();
              assertThat(b.lastScrape()).hasValue(lastFetch("b"));
              assertThat(b.failure()).hasValue("could not connect (refused)");
            });
  }

  @Test
  void gauge_seriesNotKept_isRefused() {
    assertThatThrownBy(() -> scraper.gauge("ns", "a", "other", ALL))
        .hasMessageContaining("series: must be one of");
  }

  private CompletableFuture<List<ExposedSeries>> fetch(
      ScrapeTarget target, Predicate<String> wanted) {
    fetched.computeIfAbsent(target.pod(), pod -> new ArrayList<>()).add(now);
    List<ExposedSeries> series = exposed.get(target.pod());
    return series == null
        ? CompletableFuture.failedFuture(new ConnectException("refused"))
        : CompletableFuture.completedFuture(series);
  }

  private Scraper scraper(PodFetcher fetcher, int maxConcurrent) {
    return new Scraper(
        new ScrapeConfig(
            INTERVAL,
            Duration.ofSeconds(3),
            INTERVAL.multipliedBy(3),
            Duration.ofMinutes(2),
            maxConcurrent,
            1000),
        () -> targets,
        fetcher,
        Set.of("g", "c_total"),
        () -> now);
  }

  private void run(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plusMillis(100)) {
      scraper.tick();
    }
  }

  private void expose(String pod, ExposedSeries... series) {
    exposed.put(pod, List.of(series));
  }

  private Instant lastFetch(String pod) {
    return fetched.getOrDefault(pod, List.of()).getLast();
  }

  private Reading gauge(SeriesFilter filter) {
    return scraper.gauge("ns", "a", "g", filter);
  }

  private Reading rate(Duration window) {
    return scraper.ratePerSecond("ns", "a", "c_total", window, ALL);
  }

  private static double value(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Value.class);
    return ((Reading.Value) reading).value();
  }

  private static ScrapeTarget target(String pod) {
    return new ScrapeTarget("ns", pod, URI.create("http://10.0.0.1:9090/metrics"));
  }

  private static ExposedSeries plain(double value) {
    return series("g", Map.of(), value);
  }

  private static ExposedSeries counter(String kind, double value) {
    return series("c_total", Map.of("kind", kind), value);
  }

  private static ExposedSeries series(String name, Map<String, String> labels, double value) {
    return new ExposedSeries(name, labels, value, Optional.empty());
  }
}
