// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.PodIndex;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.scrape.SeriesFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What agents pushed, by pod, within fixed bounds. It may be used by any thread.
 *
 * <p>A pod that the cluster no longer has is forgotten, and so is one that nobody knows of and that
 * has been silent for long. What was never asked for by a preset is not kept.
 */
public final class PushedPods {
  /** A silent pod that no cluster vouches for is unknown for this long, and then gone. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private final PushLimits limits;
  private final Optional<PodIndex> existing;
  private final InstantSource clock;
  private final Set<String> kept = Preset.series();

  /** By namespace, then name; guarded by this. */
  private final Map<String, Map<String, PushedPod>> pods = new TreeMap<>();

  /** Guarded by this. */
  private int podCount;

  /** Guarded by this. */
  private int seriesCount;

  /**
   * @param existing tells which pods there are; absent where nobody knows
   */
  public PushedPods(PushLimits limits, Optional<PodIndex> existing, InstantSource clock) {
    this.limits = limits;
    this.existing = existing;
    this.clock = clock;
  }

  /** Which names are kept. */
  Set<String> kept() {
    return kept;
  }

  /** Returns how many series are kept. */
  public synchronized int series() {
    return seriesCount;
  }

  /**
   * Takes the points that one process exported.
   *
   * @param uid of the pod; empty if not told
   * @param process what tells it from other processes of the pod
   * @param ended points that say a series has ended
   * @return why none was taken; empty if all were
   */
  synchronized Optional<String> add(
      PodName name,
      String uid,
      Map<String, String> process,
      List<PushedPoint> points,
      List<PushedPoint> ended) {
    Instant now = clock.instant();
    Map<String, PushedPod> neighbours = pods.getOrDefault(name.namespace(), Map.of());
    PushedPod pod = neighbours.get(name.pod());
    if (pod != null && pod.isReplacedBy(uid)) {
      forget(name);
      pod = null;
    }
    if (points.isEmpty()) {
      end(pod, process, ended);
      return Optional.empty();
    }
    if (pod == null) {
      if (podCount >= limits.pods()) {
        return Optional.of("there are " + limits.pods() + " pods, the most that are kept");
      }
      pod = new PushedPod(name, uid, limits, now);
    }
    int unknown = pod.unknown(process, points);
    if (pod.size() + unknown > limits.seriesPerPod()) {
      return Optional.of(
          "pod " + name + " has more than " + limits.seriesPerPod() + " series that presets read");
    }
    if (seriesCount + unknown > limits.series()) {
      return Optional.of("there are " + limits.series() + " series, the most that are kept");
    }
    int before = pod.size();
    pod.add(process, points, now);
    seriesCount += pod.size() - before;
    end(pod, process, ended);
    if (pods.computeIfAbsent(name.namespace(), _ -> new TreeMap<>()).put(name.pod(), pod) == null) {
      podCount++;
    }
    return Optional.empty();
  }

  private void end(@Nullable PushedPod pod, Map<String, String> process, List<PushedPoint> ended) {
    if (pod != null) {
      int before = pod.size();
      pod.end(process, ended);
      seriesCount += pod.size() - before;
    }
  }

  /** Forgets what has ended. To be called every few seconds. */
  public synchronized void prune() {
    Instant now = clock.instant();
    Optional<Set<PodName>> there = existing();
    for (PodName name : names()) {
      PushedPod pod = pods.getOrDefault(name.namespace(), Map.of()).get(name.pod());
      if (pod == null) {
        continue;
      }
      boolean silent = pod.lastPush().plus(limits.staleAfter()).isBefore(now);
      boolean gone =
          there
              .map(all -> !all.contains(name))
              .orElse(pod.lastPush().plus(FORGOTTEN_AFTER).isBefore(now));
      if (silent && gone) {
        forget(name);
      } else {
        int before = pod.size();
        pod.prune(now);
        seriesCount += pod.size() - before;
      }
    }
  }

  /** Returns the pods of a namespace that pushed and are there still. */
  synchronized Set<String> in(String namespace) {
    return new TreeSet<>(pods.getOrDefault(namespace, Map.of()).keySet());
  }

  /** The sum of a pod's series of one name; its time is that of the oldest among them. */
  synchronized Reading gauge(PodName name, String series, SeriesFilter filter) {
    PushedPod pod = pods.getOrDefault(name.namespace(), Map.of()).get(name.pod());
    return pod == null ? unknownPod(name) : pod.gauge(series, filter, clock.instant());
  }

  /** The sum of the growth per second of a pod's series of one name. */
  synchronized Reading ratePerSecond(
      PodName name, String series, Duration window, SeriesFilter filter) {
    PushedPod pod = pods.getOrDefault(name.namespace(), Map.of()).get(name.pod());
    return pod == null
        ? unknownPod(name)
        : pod.ratePerSecond(series, window, filter, clock.instant());
  }

  private static Reading unknownPod(PodName name) {
    return new Reading.Absent("pod " + name + " pushed nothing");
  }

  private Set<PodName> names() {
    Set<PodName> names = new HashSet<>();
    pods.forEach(
        (namespace, there) ->
            there.keySet().forEach(pod -> names.add(new PodName(namespace, pod))));
    return names;
  }

  private Optional<Set<PodName>> existing() {
    return existing
        .filter(PodIndex::arePodsSynced)
        .map(
            index -> {
              Set<PodName> names = new HashSet<>();
              index.pods().forEach(pod -> names.add(name(pod.metadata())));
              return names;
            });
  }

  private static PodName name(ClusterObject pod) {
    return new PodName(pod.namespace().orElse(""), pod.name());
  }

  private void forget(PodName name) {
    Map<String, PushedPod> neighbours = pods.getOrDefault(name.namespace(), Map.of());
    PushedPod gone = neighbours.remove(name.pod());
    if (gone != null) {
      podCount--;
      seriesCount -= gone.size();
    }
    if (neighbours.isEmpty()) {
      pods.remove(name.namespace());
    }
  }
}
