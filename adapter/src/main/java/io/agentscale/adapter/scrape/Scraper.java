// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.http.TooLargeException;
import io.agentscale.adapter.http.TransportFailure;
import io.agentscale.adapter.sample.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what pods say of themselves fresh, and answers from memory.
 *
 * <p>Every pod has its own moment within the interval, drawn from its name, so that pods are not
 * all asked at once and a restart changes nothing. {@link #tick} does whatever is due; whoever
 * drives it decides what time is.
 */
public final class Scraper {
  private static final Logger log = LoggerFactory.getLogger(Scraper.class);
  private static final Duration TICK = Duration.ofMillis(100);

  private final ScrapeConfig config;
  private final ScrapeTargets targets;
  private final PodFetcher fetcher;
  private final Set<String> names;
  private final InstantSource clock;

  /** By namespace and name; guarded by this. */
  private final Map<PodName, Entry> pods = new TreeMap<>(PodName.ORDER);

  /** Guarded by this. */
  private int underWay;

  /**
   * Makes a scraper that does nothing until it is driven.
   *
   * @param names of the series that are kept
   */
  public Scraper(
      ScrapeConfig config,
      ScrapeTargets targets,
      PodFetcher fetcher,
      Set<String> names,
      InstantSource clock) {
    this.config = config;
    this.targets = targets;
    this.fetcher = fetcher;
    this.names = Set.copyOf(names);
    this.clock = clock;
  }

  private record PodName(String namespace, String pod) {
    static final Comparator<PodName> ORDER =
        Comparator.comparing(PodName::namespace).thenComparing(PodName::pod);
  }

  private static final class Entry {
    final PodMemory memory;
    Instant due;
    boolean underWay;

    Entry(PodMemory memory, Instant due) {
      this.memory = memory;
      this.due = due;
    }
  }

  /** Drives this scraper until the returned future is cancelled or the executor stops. */
  public ScheduledFuture<?> start(ScheduledExecutorService executor) {
    return executor.scheduleAtFixedRate(this::tickOrLog, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts every scrape that is due, as far as the limit of scrapes under way allows. */
  public void tick() {
    follow(targets.current());
    startDue();
  }

  /** The sum of a pod's series of one name; its time is that of the oldest among them. */
  public Reading gauge(String namespace, String pod, String series, SeriesFilter filter) {
    synchronized (this) {
      requireKept(series);
      Entry entry = pods.get(new PodName(namespace, pod));
      return entry == null
          ? unknownPod(namespace, pod)
          : entry.memory.gauge(series, filter, clock.instant());
    }
  }

  /**
   * The sum of the growth per second of a pod's series of one name, each over the samples it has
   * within the window that ends now.
   *
   * @param window at most the configured history
   */
  public Reading ratePerSecond(
      String namespace, String pod, String series, Duration window, SeriesFilter filter) {
    if (!window.isPositive() || window.compareTo(config.history()) > 0) {
      throw new IllegalArgumentException(
          "window: must be positive and at most the history "
              + config.history()
              + ", was: "
              + window);
    }
    synchronized (this) {
      requireKept(series);
      Entry entry = pods.get(new PodName(namespace, pod));
      return entry == null
          ? unknownPod(namespace, pod)
          : entry.memory.ratePerSecond(series, window, filter, clock.instant());
    }
  }

  /** How scraping goes, one row a pod, ordered by namespace and name. */
  public synchronized List<PodScrapeState> pods() {
    return pods.values().stream().map(entry -> entry.memory.state()).toList();
  }

  private void tickOrLog() {
    try {
      tick();
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again.
      log.atError().setCause(e).log("Scraping met a bug; the next round goes on");
    }
  }

  private synchronized void follow(List<ScrapeTarget> current) {
    Map<PodName, ScrapeTarget> wanted = new TreeMap<>(PodName.ORDER);
    current.forEach(target -> wanted.put(new PodName(target.namespace(), target.pod()), target));
    pods.entrySet()
        .removeIf(entry -> !entry.getValue().memory.target().equals(wanted.get(entry.getKey())));
    wanted.forEach(
        (name, target) ->
            pods.computeIfAbsent(
                name,
                n ->
                    new Entry(
                        new PodMemory(target, config.staleness(), config.history()),
                        firstDue(n, clock.instant()))));
  }

  private void startDue() {
    for (Entry entry : takeDue()) {
      Instant started = clock.instant();
      ScrapeTarget target = entry.memory.target();
      var _ =
          fetcher
              .fetch(target, names::contains)
              .whenComplete((series, failure) -> ended(entry, started, series, failure));
    }
  }

  private synchronized List<Entry> takeDue() {
    Instant now = clock.instant();
    List<Entry> due =
        pods.values().stream()
            .filter(entry -> !entry.underWay && !entry.due.isAfter(now))
            .sorted(Comparator.comparing(entry -> entry.due))
            .limit(config.maxConcurrent() - underWay)
            .toList();
    for (Entry entry : due) {
      entry.underWay = true;
      entry.due = nextDue(entry.due, now);
    }
    underWay += due.size();
    return due;
  }

  private void ended(
      Entry entry, Instant started, List<ExposedSeries> series, @Nullable Throwable failure) {
    synchronized (this) {
      entry.underWay = false;
      underWay--;
      Instant now = clock.instant();
      Duration took = Duration.between(started, now);
      if (failure == null) {
        entry.memory.succeeded(series, now, took);
      } else {
        entry.memory.failed(words(failure), now, took);
      }
    }
    startDue();
  }

  private Instant firstDue(PodName name, Instant now) {
    long interval = config.interval().toMillis();
    long phase = Math.floorMod(mixed(name.hashCode()), interval);
    long cycle = Math.floorDiv(now.toEpochMilli() - phase + interval - 1, interval);
    return Instant.ofEpochMilli(cycle * interval + phase);
  }

  private Instant nextDue(Instant due, Instant now) {
    long interval = config.interval().toMillis();
    long missed = Math.floorDiv(now.toEpochMilli() - due.toEpochMilli(), interval);
    return due.plusMillis((missed + 1) * interval);
  }

  /**
   * Spreads neighbouring hash codes, which numbered pods have: Stafford's mix of SplittableRandom.
   */
  private static long mixed(long hash) {
    long z = hash * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private void requireKept(String series) {
    if (!names.contains(series)) {
      throw new IllegalArgumentException("series: must be one of " + names + ", was: " + series);
    }
  }

  private static Reading unknownPod(String namespace, String pod) {
    return new Reading.Absent(
        "pod " + namespace + "/" + pod + " is not scraped: no such target is known");
  }

  private static String words(Throwable failure) {
    Throwable root = StageFailure.cause(failure);
    return switch (root) {
      case ExpositionException e -> String.valueOf(e.getMessage());
      case TooLargeException e -> "answered " + e.getMessage() + ", the most that is read";
      case IOException e -> TransportFailure.describe(e);
      default -> "could not be handled: " + root;
    };
  }
}
