// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one pod has told lately, and what that says of it now. Not safe for several threads. */
final class PodMemory {
  private final ScrapeTarget target;
  private final Duration staleness;
  private final Duration history;
  private final Map<Key, Deque<Sample>> samples = new HashMap<>();

  /** The series of the last scrape that worked: others are history, and no longer the pod's. */
  private Set<Key> exposed = Set.of();

  private Optional<Instant> lastScrape = Optional.empty();
  private Optional<Instant> lastSuccess = Optional.empty();
  private Optional<Duration> took = Optional.empty();
  private Optional<String> failure = Optional.empty();

  PodMemory(ScrapeTarget target, Duration staleness, Duration history) {
    this.target = target;
    this.staleness = staleness;
    this.history = history;
  }

  private record Key(String name, Map<String, String> labels) {}

  ScrapeTarget target() {
    return target;
  }

  PodScrapeState state() {
    return new PodScrapeState(target, lastScrape, lastSuccess, took, failure);
  }

  void succeeded(List<ExposedSeries> series, Instant now, Duration duration) {
    lastScrape = Optional.of(now);
    lastSuccess = Optional.of(now);
    took = Optional.of(duration);
    failure = Optional.empty();
    exposed = new HashSet<>();
    for (ExposedSeries each : series) {
      Key key = new Key(each.name(), each.labels());
      exposed.add(key);
      // Nothing was measured after it was read, whatever the pod's clock says.
      Instant at = each.at().filter(own -> own.isBefore(now)).orElse(now);
      append(samples.computeIfAbsent(key, k -> new ArrayDeque<>()), new Sample(each.value(), at));
    }
    forgetBefore(now.minus(history));
  }

  void failed(String cause, Instant now, Duration duration) {
    lastScrape = Optional.of(now);
    took = Optional.of(duration);
    failure = Optional.of(cause);
    forgetBefore(now.minus(history));
  }

  /** The sum of the series' last values. */
  Reading gauge(String name, SeriesFilter filter, Instant now) {
    List<Sample> latest = new ArrayList<>();
    for (Key key : matching(name, filter)) {
      Deque<Sample> known = samples.get(key);
      if (known != null && !known.isEmpty()) {
        latest.add(known.getLast());
      }
    }
    if (latest.isEmpty()) {
      return nothing(name, filter);
    }
    Instant oldest = latest.stream().map(Sample::at).min(Comparator.naturalOrder()).orElseThrow();
    double sum = latest.stream().mapToDouble(Sample::value).sum();
    return believed(name, sum, oldest, Optional.empty(), now);
  }

  /** The sum of the series' rates over the window that ends now. */
  Reading ratePerSecond(String name, Duration window, SeriesFilter filter, Instant now) {
    Instant from = now.minus(window);
    List<CounterRate> rates =
        matching(name, filter).stream()
            .map(key -> samples.getOrDefault(key, new ArrayDeque<>()))
            .map(all -> all.stream().filter(sample -> !sample.at().isBefore(from)).toList())
            .flatMap(within -> CounterRate.of(within).stream())
            .toList();
    if (rates.isEmpty()) {
      return tooFew(name, filter, window, now);
    }
    Instant oldest =
        rates.stream().map(CounterRate::at).min(Comparator.naturalOrder()).orElseThrow();
    Duration longest =
        rates.stream().map(CounterRate::window).max(Comparator.naturalOrder()).orElseThrow();
    double sum = rates.stream().mapToDouble(CounterRate::perSecond).sum();
    return believed(name, sum, oldest, Optional.of(longest), now);
  }

  private Reading tooFew(String name, SeriesFilter filter, Duration window, Instant now) {
    Reading latest = gauge(name, filter, now);
    return switch (latest) {
      case Reading.Value known ->
          new Reading.Absent(
              "%s exposes %s, and a rate over %s needs two samples within it"
                  .formatted(name(), name, window));
      case Reading.Stale stale -> stale;
      case Reading.Absent absent -> absent;
    };
  }

  private Reading believed(
      String name, double value, Instant at, Optional<Duration> window, Instant now) {
    if (at.plus(staleness).isBefore(now)) {
      return new Reading.Stale(at, why("the last value of " + name + " is too old"));
    }
    if (!Double.isFinite(value)) {
      return new Reading.Absent(name() + " exposes " + name + " as " + value + ", not a number");
    }
    return new Reading.Value(value, at, window);
  }

  private Reading nothing(String name, SeriesFilter filter) {
    Optional<Instant> lastSeen =
        samples.entrySet().stream()
            .filter(entry -> matches(entry.getKey(), name, filter))
            .flatMap(entry -> Stream.ofNullable(entry.getValue().peekLast()))
            .map(Sample::at)
            .max(Comparator.naturalOrder());
    if (lastSeen.isPresent()) {
      return new Reading.Stale(lastSeen.get(), name() + " no longer exposes " + name);
    }
    if (lastSuccess.isEmpty()) {
      return new Reading.Absent(why("no scrape has worked yet"));
    }
    return new Reading.Absent(
        "%s exposes no %s%s"
            .formatted(name(), name, filter.equals(SeriesFilter.ALL) ? "" : filter));
  }

  private List<Key> matching(String name, SeriesFilter filter) {
    return exposed.stream().filter(key -> matches(key, name, filter)).toList();
  }

  private static boolean matches(Key key, String name, SeriesFilter filter) {
    return key.name().equals(name) && filter.matches(key.labels());
  }

  private String why(String what) {
    return failure
        .map(cause -> name() + ": " + what + "; the last scrape failed: " + cause)
        .orElse(name() + ": " + what);
  }

  private String name() {
    return "pod " + target.namespace() + "/" + target.pod() + " at " + target.url();
  }

  /** Adds a sample unless it is not newer: a program that caches writes one timestamp twice. */
  private static void append(Deque<Sample> known, Sample next) {
    if (known.isEmpty() || known.getLast().at().isBefore(next.at())) {
      known.add(next);
    }
  }

  private void forgetBefore(Instant limit) {
    for (Deque<Sample> known : samples.values()) {
      while (!known.isEmpty() && known.getFirst().at().isBefore(limit)) {
        known.removeFirst();
      }
    }
    samples.values().removeIf(Deque::isEmpty);
  }
}
