// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ClusterWatch;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.FollowStatus;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.policy.Targets;
import io.agentscale.adapter.target.FollowedKinds.Trust;
import io.agentscale.adapter.trap.Finding;
import io.agentscale.adapter.trap.Traps;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.PodFacts;
import io.agentscale.adapter.workload.PodFacts.Unplaced;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.adapter.workload.Workload;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The workloads of a cluster that policies scale, followed by informers: with their pods, how long
 * those take to start, and whatever else acts on them.
 *
 * <p>A Deployment, StatefulSet or ReplicaSet is followed as soon as a policy names one; of any other
 * kind the scale subresource is polled. When the API server fails, what was known last is held for
 * five minutes; then it is unknown.
 */
public final class ClusterTargets implements Targets, AutoCloseable {
  private final FollowedKinds kinds;
  private final Shelf<TargetPod> pods;
  private final Neighbours neighbours;
  private final Map<ResourceKind, Shelf<Workload>> workloads = new ConcurrentHashMap<>();
  private final PolledScales scales;
  private final AskedTargets asked = new AskedTargets();
  private final ClusterWatch watch;
  private final InstantSource clock;

  private ClusterTargets(ClusterWatch watch, PolledScales scales, InstantSource clock) {
    this.watch = watch;
    this.kinds = new FollowedKinds(watch);
    this.scales = scales;
    this.clock = clock;
    this.pods = kinds.follow(TargetKinds.POD, TargetPod::read, ClusterTargets::keys);
    this.neighbours = new Neighbours(kinds);
  }

  /**
   * Starts to follow, and returns before anything is known.
   *
   * @param controlPlane asked for the scales of kinds that are not followed; stays the caller's
   * @param kinds knows those kinds
   * @param namespaces the only ones we may read; all when empty
   */
  public static ClusterTargets follow(
      ClusterConnection connection,
      ControlPlane controlPlane,
      ResourceMapper kinds,
      Set<String> namespaces,
      InstantSource clock) {
    return new ClusterTargets(
        ClusterWatch.connect(connection, namespaces, clock),
        new PolledScales(controlPlane, kinds, clock, PolledScales.INTERVAL),
        clock);
  }

  /** How well each kind is known that is followed, by its qualified plural. */
  public Map<String, FollowStatus> status() {
    return watch.status();
  }

  @Override
  public TargetView view(PolicyDefinition policy) {
    Instant now = clock.instant();
    TargetKey target = TargetKey.of(policy);
    AskedTargets.Asked about = asked.note(policy, target, now);
    return switch (scale(target, now)) {
      case ScaleReading.Unknown(String cause) -> new TargetView.Unknown(cause);
      case ScaleReading.Known scale ->
          podsBlind(now)
              .or(() -> neighbours.blind(now))
              .<TargetView>map(TargetView.Unknown::new)
              .orElseGet(() -> known(target, scale, about, now));
    };
  }

  private ScaleReading scale(TargetKey target, Instant now) {
    return TargetKinds.workload(target)
        .map(kind -> followed(target, kind, now))
        .orElseGet(() -> scales.read(target));
  }

  private ScaleReading followed(TargetKey target, ResourceKind kind, Instant now) {
    Shelf<Workload> shelf =
        workloads.computeIfAbsent(
            kind,
            _ -> kinds.follow(kind, object -> Workload.read(object, ""), _ -> Set.of()));
    return switch (kinds.trust(kind, now)) {
      case Trust.Listing(String cause) -> new ScaleReading.Unknown(cause);
      case Trust.Blind(String cause) -> new ScaleReading.Unknown(cause);
      case Trust.Complete _, Trust.NotInstalled _ ->
          shelf
              .find(target.namespace(), target.reference().name())
              .map(ClusterTargets::scale)
              .orElseGet(
                  () ->
                      new ScaleReading.Unknown(
                          "%s does not exist in namespace %s: create it, or correct"
                                  .formatted(target.reference(), target.namespace())
                              + " spec.scaleTargetRef"));
    };
  }

  private static ScaleReading scale(Workload workload) {
    if (workload.selector().isEmpty() || workload.replicas().isEmpty()) {
      return new ScaleReading.Unknown(workload.id() + " has no selector or no replicas");
    }
    return new ScaleReading.Known(
        workload.replicas().getAsInt(), workload.selector().get(), Optional.of(workload));
  }

  private Optional<String> podsBlind(Instant now) {
    return switch (kinds.trust(TargetKinds.POD, now)) {
      case Trust.Listing(String cause) -> Optional.of(cause);
      case Trust.Blind(String cause) -> Optional.of(cause);
      case Trust.Complete _, Trust.NotInstalled _ -> Optional.empty();
    };
  }

  private TargetView known(
      TargetKey target, ScaleReading.Known scale, AskedTargets.Asked about, Instant now) {
    List<TargetPod> own = own(target, scale);
    about.starts().observe(own);
    PodFacts facts = facts(own, now);
    Surroundings around =
        new Surroundings(
            target.namespace(),
            target.reference(),
            scale.workload(),
            about.policies(now),
            neighbours.autoscalers(target, now),
            scale.workload().stream()
                .flatMap(w -> neighbours.budgets(target.namespace(), w.podLabels()).stream())
                .toList(),
            neighbours.verticals(target, now),
            Optional.of(facts),
            now);
    return new TargetView.Known(
        scale.replicas(),
        facts.ready(),
        scale.pods(),
        around.autoscalers().stream().map(Autoscaler::view).toList(),
        about.starts().measured(now),
        Stream.concat(
                Traps.find(around).stream().map(Finding::sentence),
                neighbours.gaps(now).stream())
            .toList());
  }

  /**
   * Those of its pods that do not leave. A selector may match others' pods too; where pods name the
   * followed workload as their controller, those alone are its own.
   */
  private List<TargetPod> own(TargetKey target, ScaleReading.Known scale) {
    LabelSelector selector = scale.pods();
    List<TargetPod> candidates =
        scale.workload().isPresent()
            ? pods.all(target.namespace(), target.shelfKey())
            : pods.all(target.namespace());
    return candidates.stream()
        .filter(pod -> !pod.leaving() && selector.matches(pod.labels()))
        .toList();
  }

  private static PodFacts facts(List<TargetPod> own, Instant now) {
    List<Unplaced> unplaced =
        own.stream()
            .filter(pod -> pod.unplaced().isPresent())
            .map(
                pod ->
                    new Unplaced(
                        pod.name(), Duration.between(pod.created(), now), pod.unplaced().get()))
            .toList();
    int ready = (int) own.stream().filter(TargetPod::isReady).count();
    int overdue =
        (int)
            own.stream()
                .filter(pod -> !pod.isReady() && pod.unplaced().isEmpty())
                .filter(pod -> pod.created().plus(StartTimes.LONGEST).isBefore(now))
                .count();
    return new PodFacts(own.size(), ready, unplaced, overdue);
  }

  private static Set<String> keys(TargetPod pod) {
    return pod.owner()
        .map(owner -> Set.of(TargetKey.shelfKey(owner.kind(), owner.name())))
        .orElse(Set.of());
  }

  @Override
  public void close() {
    scales.close();
    kinds.close();
  }
}
