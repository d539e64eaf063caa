// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import io.agentscale.adapter.policy.TargetView.MeasuredLead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long the pods of one workload took from created to Ready: waiting for a node, pulling the
 * image and loading the model are all part of it.
 *
 * <ul>
 *   <li>The last {@value #MOST_STARTS} starts count, of the last seven days if there were any.
 *   <li>Only the first time a pod becomes Ready is a start. A pod seen before it was Ready tells
 *       that exactly. One that was Ready when first seen, as after our own restart, tells it by the
 *       time of its Ready condition, unless a container of it was restarted: then that time is a
 *       later one.
 *   <li>What took longer than an hour is no start but a fault, or a readiness that came back. A
 *       broken image would otherwise have every forecast look an hour ahead for a week.
 * </ul>
 */
final class StartTimes {
  static final int MOST_STARTS = 50;
  static final Duration RECENT = Duration.ofDays(7);

  /** Shorter than the interval of the loop itself, a lead means nothing. */
  static final Duration SHORTEST = Duration.ofSeconds(5);

  static final Duration LONGEST = Duration.ofHours(1);
  private static final double NINE_OF_TEN = 0.9;

  private final List<Start> starts = new ArrayList<>();
  private Set<String> seenWaiting = new HashSet<>();
  private Set<String> seenReady = new HashSet<>();

  private record Start(String uid, Instant at, Duration took) {}

  /** Takes note of all the pods the workload has now. */
  synchronized void observe(Collection<TargetPod> pods) {
    Set<String> waiting = new HashSet<>();
    Set<String> ready = new HashSet<>();
    for (TargetPod pod : pods) {
      boolean wasReady = seenReady.contains(pod.uid());
      if (pod.isReady() && !wasReady) {
        count(pod, pod.readySince().get());
      }
      if (pod.isReady() || wasReady) {
        ready.add(pod.uid());
      } else {
        waiting.add(pod.uid());
      }
    }
    seenWaiting = waiting;
    seenReady = ready;
  }

  private void count(TargetPod pod, Instant readySince) {
    Duration took = Duration.between(pod.created(), readySince);
    boolean isFirst = seenWaiting.contains(pod.uid()) || pod.restarts() == 0;
    boolean isCounted = starts.stream().anyMatch(start -> start.uid.equals(pod.uid()));
    if (isFirst && !isCounted && took.compareTo(LONGEST) <= 0) {
      starts.add(new Start(pod.uid(), readySince, took));
      starts.sort(Comparator.comparing(Start::at));
      if (starts.size() > MOST_STARTS) {
        starts.removeFirst();
      }
    }
  }

  /** Returns the time that nine of ten starts took at most; empty while there was none. */
  synchronized Optional<MeasuredLead> measured(Instant now) {
    List<Start> recent =
        starts.stream().filter(start -> start.at.isAfter(now.minus(RECENT))).toList();
    List<Duration> times =
        (recent.isEmpty() ? starts : recent).stream().map(Start::took).sorted().toList();
    if (times.isEmpty()) {
      return Optional.empty();
    }
    int rank = (int) Math.ceil(NINE_OF_TEN * times.size());
    Duration p90 = times.get(rank - 1);
    return Optional.of(
        new MeasuredLead(p90.compareTo(SHORTEST) < 0 ? SHORTEST : p90, times.size()));
  }
}
