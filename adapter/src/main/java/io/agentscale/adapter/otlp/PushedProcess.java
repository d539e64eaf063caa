// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.otlp.PushedPoint.Kind;
import io.agentscale.adapter.scrape.SeriesFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one process of a pod pushed. A pod may have several, told apart by their resource; a process
 * that starts anew is another one. Not safe for several threads.
 */
final class PushedProcess {
  /** Points of one collection carry one time; a label set missing from the newest has ended. */
  private static final Duration SAME_COLLECTION = Duration.ofSeconds(1);

  private final Map<Key, PushedSeries> series = new HashMap<>();
  private final Map<String, Instant> newest = new HashMap<>();
  private Instant lastPush = Instant.MIN;

  private record Key(String name, Map<String, String> labels) {}

  Instant lastPush() {
    return lastPush;
  }

  int size() {
    return series.size();
  }

  boolean has(PushedPoint point) {
    return series.containsKey(key(point));
  }

  /** Takes the points of one export. */
  void add(List<PushedPoint> points, Instant now, PushLimits limits) {
    Set<Key> told = new HashSet<>();
    Instant lastDelta = Instant.MIN;
    for (PushedPoint point : points) {
      Key key = key(point);
      // Nothing was measured after it arrived, whatever the pod's clock says.
      Instant at = point.at().filter(own -> own.isBefore(now)).orElse(now);
      PushedSeries known = series.get(key);
      if (known == null || known.kind() != point.kind()) {
        known = new PushedSeries(point.kind());
        series.put(key, known);
      }
      known.add(point, at, limits);
      told.add(key);
      newest.merge(key.name(), at, (one, other) -> one.isAfter(other) ? one : other);
      if (point.kind() == Kind.DELTA && at.isAfter(lastDelta)) {
        lastDelta = at;
      }
    }
    extendUntold(told, lastDelta, limits);
    lastPush = now;
  }

  /** A delta series with nothing to add is left out of an export that has others. */
  private void extendUntold(Set<Key> told, Instant at, PushLimits limits) {
    if (at.equals(Instant.MIN)) {
      return;
    }
    series.forEach(
        (key, known) -> {
          if (known.kind() == Kind.DELTA && !told.contains(key)) {
            known.extend(at, limits);
            newest.put(key.name(), known.at());
          }
        });
  }

  /** Takes note that a series has ended. */
  void end(PushedPoint point) {
    series.remove(key(point));
  }

  /** Returns the series of a name that pass and were part of the newest collection of that name. */
  Stream<PushedSeries> matching(String name, SeriesFilter filter) {
    Instant since = newest.getOrDefault(name, Instant.MIN);
    return series.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .filter(entry -> filter.matches(entry.getKey().labels()))
        .map(Map.Entry::getValue)
        .filter(known -> !known.at().plus(SAME_COLLECTION).isBefore(since));
  }

  /** Forgets series that have ended. */
  void forgetBefore(Instant limit) {
    series.values().removeIf(known -> known.at().isBefore(limit));
  }

  private static Key key(PushedPoint point) {
    return new Key(point.series(), point.labels());
  }
}
