// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.LiveDemand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Adds a preset up over the pods of a target.
 *
 * <p>A pod that was known and no longer is makes the sum unknown: left out it would count as idle.
 * So does one that has been there for a minute without ever having been known; a new pod is given
 * that minute, since it brings no work along. Where nobody knows when a silent pod was last seen,
 * both hold as long as fewer pods are known than are Ready: one that crashed serves nothing.
 */
final class PodDemand {
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final int SHOWN = 3;

  private final Supplier<PresetReadings> readings;
  private final ResourceKind pods;
  private final ObjectIndex objects;
  private final InstantSource clock;
  private final Map<Asker, Pods> seen = new ConcurrentHashMap<>();

  private record Asker(PolicyKey policy, Preset preset) {}

  /**
   * The pods of the newest reading.
   *
   * @param known of which there was a value then or before
   * @param silentSince of the others, when there was none first
   */
  private record Pods(Set<String> known, Map<String, Instant> silentSince) {
    static final Pods NONE = new Pods(Set.of(), Map.of());

    Pods now(Set<String> present, Set<String> silent, Instant now) {
      Set<String> knownNow = new HashSet<>(present);
      knownNow.removeIf(pod -> silent.contains(pod) && !known.contains(pod));
      Map<String, Instant> since = new HashMap<>();
      for (String pod : silent) {
        if (!knownNow.contains(pod)) {
          since.put(pod, silentSince.getOrDefault(pod, now));
        }
      }
      return new Pods(knownNow, since);
    }

    boolean isTooSilent(String pod, Instant now) {
      return known.contains(pod) || silentSince.getOrDefault(pod, now).plus(GRACE).isBefore(now);
    }
  }

  /**
   * @param readings those of the configuration in use
   * @param pods the kind
   */
  PodDemand(
      Supplier<PresetReadings> readings,
      ResourceKind pods,
      ObjectIndex objects,
      InstantSource clock) {
    this.readings = readings;
    this.pods = pods;
    this.objects = objects;
    this.clock = clock;
  }

  /** Begins to read; never fails. */
  CompletionStage<LiveDemand> read(PolicyKey policy, Preset preset, TargetView.Known target) {
    String source = "preset " + preset.metric().name().replace('_', '-');
    if (!objects.isSynced(pods)) {
      return done(new LiveDemand.Unknown(source, "the pods of the cluster are not known yet"));
    }
    List<String> names =
        objects.select(pods, Optional.of(policy.namespace()), target.pods()).stream()
            .map(ClusterObject::name)
            .toList();
    if (names.isEmpty()) {
      return done(new LiveDemand.Unknown(source, "the target has no pod that could tell"));
    }
    return ask(preset, policy.namespace())
        .thenApply(
            read -> sum(new Asker(policy, preset), source, names, read, target.readyReplicas()))
        .exceptionally(
            failure ->
                new LiveDemand.Unknown(
                    source, String.valueOf(StageFailure.cause(failure).getMessage())));
  }

  private CompletionStage<Map<String, Reading>> ask(Preset preset, String namespace) {
    try {
      return readings.get().inNamespace(preset, namespace, LabelSelector.EVERYTHING);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private LiveDemand sum(
      Asker asker, String source, List<String> names, Map<String, Reading> read, int ready) {
    double sum = 0;
    Instant oldest = Instant.MAX;
    int known = 0;
    List<String> stale = new ArrayList<>();
    Map<String, String> silent = new LinkedHashMap<>();
    for (String name : names) {
      switch (read.get(name)) {
        case Reading.Value value -> {
          sum += value.value();
          oldest = value.at().isBefore(oldest) ? value.at() : oldest;
          known++;
        }
        case Reading.Stale gone ->
            stale.add(name + " was last seen " + gone.lastSeen() + ", " + gone.cause());
        case Reading.Absent absent -> silent.put(name, absent.cause());
        case null -> silent.put(name, "no series of any known source");
      }
    }
    Instant now = clock.instant();
    Pods pods = seen.getOrDefault(asker, Pods.NONE).now(Set.copyOf(names), silent.keySet(), now);
    seen.put(asker, pods);
    if (!stale.isEmpty()) {
      return new LiveDemand.Unknown(source, first(stale));
    }
    if (known == 0) {
      return new LiveDemand.Unknown(source, first(unknown(silent)));
    }
    silent.keySet().removeIf(pod -> !pods.isTooSilent(pod, now));
    if (known < ready && !silent.isEmpty()) {
      return new LiveDemand.Unknown(source, first(unknown(silent)));
    }
    return sum < 0
        ? new LiveDemand.Unknown(source, "the sum over the pods is negative: " + sum)
        : new LiveDemand.Known(Capacity.roundedUp(sum), oldest, source);
  }

  private static List<String> unknown(Map<String, String> silent) {
    return silent.entrySet().stream()
        .map(pod -> pod.getKey() + " is unknown: " + pod.getValue())
        .toList();
  }

  /** Forgets what is known of a policy that is gone. */
  void forget(PolicyKey policy) {
    seen.keySet().removeIf(asker -> asker.policy().equals(policy));
  }

  private static String first(List<String> causes) {
    String shown = String.join("; ", causes.subList(0, Math.min(SHOWN, causes.size())));
    return causes.size() <= SHOWN
        ? shown
        : String.format(Locale.ROOT, "%s; and %d more", shown, causes.size() - SHOWN);
  }

  private static CompletionStage<LiveDemand> done(LiveDemand demand) {
    return CompletableFuture.completedStage(demand);
  }
}
