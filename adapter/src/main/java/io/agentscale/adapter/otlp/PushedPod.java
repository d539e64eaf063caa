// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.scrape.SeriesFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one pod pushed lately, and what that says of it now. Not safe for several threads.
 *
 * <p>A process that falls silent makes the pod unknown for a while: left out, it would count as
 * idle. After that it is taken to have ended, as long as another process of the pod goes on. A pod
 * that falls silent as a whole stays unknown.
 */
final class PushedPod {
  private final PodName name;
  private final String uid;
  private final PushLimits limits;
  private final Map<Map<String, String>, PushedProcess> processes = new HashMap<>();

  /** When each series was last told of, by its name. */
  private final Map<String, Instant> lastTold = new HashMap<>();

  private Instant lastPush;
  private Optional<Duration> pushedEvery = Optional.empty();

  /** What one series says now. */
  private record Part(double value, Instant at, Optional<Duration> window) {}

  /**
   * @param uid of the pod; empty where nobody tells it
   */
  PushedPod(PodName name, String uid, PushLimits limits, Instant now) {
    this.name = name;
    this.uid = uid;
    this.limits = limits;
    this.lastPush = now;
  }

  /** Tells whether another pod has taken the name. */
  boolean isReplacedBy(String otherUid) {
    return !uid.isEmpty() && !otherUid.isEmpty() && !uid.equals(otherUid);
  }

  Instant lastPush() {
    return lastPush;
  }

  int size() {
    return processes.values().stream().mapToInt(PushedProcess::size).sum();
  }

  /** Returns how many of the points belong to series not known yet. */
  int unknown(Map<String, String> process, List<PushedPoint> points) {
    PushedProcess known = processes.get(process);
    return (int) points.stream().filter(point -> known == null || !known.has(point)).count();
  }

  /**
   * Takes the points of one export.
   *
   * @param process what tells the exporting process from others of the pod
   */
  void add(Map<String, String> process, List<PushedPoint> points, Instant now) {
    PushedProcess known = processes.computeIfAbsent(process, _ -> new PushedProcess());
    if (!known.lastPush().equals(Instant.MIN)) {
      pushedEvery = Optional.of(Duration.between(known.lastPush(), now));
    }
    known.add(points, now, limits);
    points.forEach(point -> lastTold.put(point.series(), now));
    lastPush = now;
  }

  /** Takes note that series have ended. */
  void end(Map<String, String> process, List<PushedPoint> points) {
    PushedProcess known = processes.get(process);
    if (known != null) {
      points.forEach(known::end);
    }
  }

  /** Forgets processes that have ended, and series that nobody can ask for any more. */
  void prune(Instant now) {
    Instant limit = now.minus(limits.forgottenAfter());
    processes.values().removeIf(process -> process.lastPush().isBefore(limit));
    Instant oldest = now.minus(limits.forgottenAfter()).minus(limits.rateWindow());
    processes.values().forEach(process -> process.forgetBefore(oldest));
  }

  /** The sum of the latest values of a name's series. */
  Reading gauge(String series, SeriesFilter filter, Instant now) {
    return sum(
        series,
        filter,
        known -> Optional.of(new Part(known.latest(), known.at(), Optional.empty())),
        now);
  }

  /** The sum of the rates of a name's series over the window that ends now. */
  Reading ratePerSecond(String series, Duration window, SeriesFilter filter, Instant now) {
    Instant from = now.minus(window);
    return sum(
        series,
        filter,
        known ->
            known
                .rateSince(from)
                .map(rate -> new Part(rate.perSecond(), known.at(), Optional.of(rate.window()))),
        now);
  }

  private Reading sum(
      String series,
      SeriesFilter filter,
      Function<PushedSeries, Optional<Part>> reader,
      Instant now) {
    List<PushedSeries> known =
        processes.values().stream().flatMap(process -> process.matching(series, filter)).toList();
    Optional<Instant> silent =
        known.stream()
            .map(PushedSeries::at)
            .filter(at -> isStale(at, now))
            .min(Comparator.naturalOrder());
    if (silent.isPresent()) {
      return stale(series, silent.get());
    }
    if (known.isEmpty()) {
      return nothing(series, now);
    }
    List<Part> parts = new ArrayList<>();
    known.forEach(each -> reader.apply(each).ifPresent(parts::add));
    if (parts.isEmpty()) {
      return new Reading.Absent(
          "pod %s pushed %s once, and a rate over %s needs two points within it"
              .formatted(name, series, limits.rateWindow()));
    }
    return new Reading.Value(
        parts.stream().mapToDouble(Part::value).sum(),
        parts.stream().map(Part::at).min(Comparator.naturalOrder()).orElseThrow(),
        parts.stream().flatMap(part -> part.window().stream()).max(Comparator.naturalOrder()));
  }

  private Reading nothing(String series, Instant now) {
    Instant told = lastTold.get(series);
    return told != null && isStale(told, now)
        ? stale(series, told)
        : new Reading.Absent("pod " + name + " pushes no " + series);
  }

  private boolean isStale(Instant at, Instant now) {
    return at.plus(limits.staleAfter()).isBefore(now);
  }

  private Reading.Stale stale(String series, Instant lastSeen) {
    String rarely =
        pushedEvery
            .filter(every -> every.compareTo(limits.staleAfter()) > 0)
            .map(
                every ->
                    "; it pushes every %d s: set OTEL_METRIC_EXPORT_INTERVAL in it, or otlp.staleAfter here"
                        .formatted(every.toSeconds()))
            .orElse("");
    return new Reading.Stale(
        lastSeen,
        "pod %s pushed no newer %s, and what is older than %d s is not believed%s"
            .formatted(name, series, limits.staleAfter().toSeconds(), rarely));
  }
}
