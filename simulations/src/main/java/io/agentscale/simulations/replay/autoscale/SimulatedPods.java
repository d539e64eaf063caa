// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.hpa.PodGroup.Phase;
import io.agentscale.core.hpa.PodGroup.ReadyCondition;
import io.agentscale.core.hpa.PodGroup.ReadyCondition.Status;
import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.replay.cluster.Fleet;
import io.agentscale.simulations.replay.cluster.Misses;
import io.agentscale.simulations.replay.cluster.Misses.Kind;
import io.agentscale.simulations.replay.cluster.PodState;
import io.agentscale.simulations.workload.PodModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fleet's pods as an HPA lists them: alike ones in a group, those ready for long in one.
 *
 * <p>Pods have one container, {@code app}, which requests the model's cores and a thousand units of
 * memory.
 */
public final class SimulatedPods {
  static final String SELECTOR = "app=simulated";
  static final double MEMORY_UNITS = 1000;

  /** Pods older than this are alike to every HPA with the controller's default settings. */
  private static final Duration YOUNG = Duration.ofMinutes(15);

  private static final Map<String, String> LABELS = Map.of("app", "simulated");

  private final Fleet fleet;
  private final Instant start;
  private final List<Container> containers;
  private final Instant longAgo;
  private List<PodGroup> groups = List.of();
  private List<Set<Kind>> lacking = List.of();
  private Misses misses = Misses.NONE;
  private long version = -1;

  public SimulatedPods(Fleet fleet, PodModel pod, Instant start) {
    this.fleet = fleet;
    this.start = start;
    longAgo = start.minus(Duration.ofDays(1));
    containers =
        List.of(
            new Container(
                "app",
                Map.of(
                    "cpu", Quantity.of(pod.cores()),
                    "memory", Quantity.of((long) MEMORY_UNITS)),
                false));
  }

  /** Tells whether a pod had the Ready condition at a time before now. */
  static boolean wasReady(PodGroup pod, Instant at) {
    return !pod.deleted()
        && pod.ready().isPresent()
        && pod.ready().get().status() == Status.TRUE
        && !pod.ready().get().since().isAfter(at);
  }

  /** Returns the groups, the same list while the fleet is the same and the same pods are missed. */
  public List<PodGroup> groups(double now, Misses missed) {
    if (version != fleet.version() || !misses.equals(missed)) {
      version = fleet.version();
      misses = missed;
      build(now);
    }
    return groups;
  }

  /** Tells whether the pods of a group have a sample of a kind. */
  public boolean isSampled(int group, Kind kind) {
    return !lacking.get(group).contains(kind);
  }

  private void build(double now) {
    groups = new ArrayList<>();
    lacking = new ArrayList<>();
    addYoung(now).forEach((lacks, count) -> add(ready(count, longAgo, longAgo, false), lacks));
    int pending = fleet.count(PodState.PENDING) + fleet.count(PodState.UNSCHEDULED);
    if (pending > 0) {
      add(group("pending", pending, Phase.PENDING, false, Optional.empty(), Optional.empty()));
    }
    int draining = fleet.count(PodState.DRAINING);
    if (draining > 0) {
      add(ready(draining, longAgo, longAgo, true));
    }
    groups = List.copyOf(groups);
  }

  private void add(PodGroup group) {
    add(group, Set.of());
  }

  private void add(PodGroup group, Set<Kind> lacks) {
    groups.add(group);
    lacking.add(lacks);
  }

  /**
   * Adds pods on their way and those ready of late; returns how many are ready for long, by the
   * samples they lack.
   */
  private Map<Set<Kind>, Integer> addYoung(double now) {
    double young = now - YOUNG.toSeconds();
    Map<Set<Kind>, Integer> old = new LinkedHashMap<>();
    for (int pod = 0; pod < fleet.bound(); pod++) {
      PodState state = fleet.state(pod);
      if (state == PodState.LOADING) {
        Instant started = at(fleet.startedAt(pod));
        add(
            group(
                "loading",
                1,
                Phase.RUNNING,
                false,
                Optional.of(started),
                Optional.of(new ReadyCondition(Status.FALSE, started))));
      } else if (state == PodState.READY || state == PodState.SERVING) {
        if (fleet.startedAt(pod) < young) {
          old.merge(lacks(pod), 1, Integer::sum);
        } else {
          add(ready(1, at(fleet.startedAt(pod)), at(fleet.readySince(pod)), false), lacks(pod));
        }
      }
    }
    return old;
  }

  private Set<Kind> lacks(int pod) {
    if (misses.equals(Misses.NONE)) {
      return Set.of();
    }
    EnumSet<Kind> lacks = EnumSet.allOf(Kind.class);
    lacks.removeIf(kind -> !misses.of(kind).contains(fleet.number(pod)));
    return lacks;
  }

  private PodGroup ready(int count, Instant started, Instant since, boolean deleted) {
    return group(
        "ready",
        count,
        Phase.RUNNING,
        deleted,
        Optional.of(started),
        Optional.of(new ReadyCondition(Status.TRUE, since)));
  }

  private PodGroup group(
      String name,
      int count,
      Phase phase,
      boolean deleted,
      Optional<Instant> started,
      Optional<ReadyCondition> ready) {
    return new PodGroup(name, count, LABELS, phase, deleted, started, ready, containers, Map.of());
  }

  private Instant at(double seconds) {
    return start.plusNanos(Math.round(seconds * 1e9));
  }
}
