// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.policy.PolicyDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the idlest pods go first when replicas are taken away, by the pods' deletion costs: written
 * while a scale-in is near, changed ones only, and removed when none is any more.
 */
final class PodProtection {
  /** The annotation ReplicaSets look at. */
  static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  /**
   * Marks costs as ours. It is no label, since labels of pods become labels of their series in many
   * a Prometheus.
   */
  static final String MARK = "agentscale.io/deletion-cost-of";

  /** So many pods are written at a time, the busiest first. */
  static final int BATCH = 50;

  static final Duration BETWEEN_BATCHES = Duration.ofSeconds(30);

  /** Costs stay for so long after a scale-in was near last, as it may be near again. */
  static final Duration LINGERS = Duration.ofMinutes(2);

  /** The kinds whose ReplicaSets choose the pods that go. */
  private static final Set<String> BY_COST = Set.of("Deployment", "ReplicaSet", "Rollout");

  private static final ResourceKind PODS =
      new ResourceKind(new GroupResource("", "pods"), "pod", "v1", "Pod", true);

  private final ClusterApi api;
  private final ObjectIndex objects;
  private final PodRuns runs;
  private final Map<PolicyKey, Protected> states = new ConcurrentHashMap<>();

  /** What was done for a policy. */
  private record Protected(Instant nearLast, Optional<Instant> batchLast, int pods) {}

  PodProtection(ClusterApi api, ObjectIndex objects, PodRuns runs) {
    this.api = api;
    this.objects = objects;
    this.runs = runs;
  }

  void act(
      PolicyDefinition policy,
      TargetView.Known target,
      PolicyDecision decision,
      Instant now,
      Report report) {
    if (!BY_COST.contains(policy.target().kind())) {
      report.warn(
          "protectBusyPods has no effect on which pods of a %s go: only ReplicaSets look at %s"
              .formatted(policy.target().kind(), COST));
      return;
    }
    Protected state = states.get(policy.key());
    if (isNear(target, decision)) {
      boolean isDue =
          state == null
              || state.batchLast().isEmpty()
              || Duration.between(state.batchLast().get(), now).abs().compareTo(BETWEEN_BATCHES)
                  >= 0;
      states.put(
          policy.key(),
          state == null
              ? new Protected(now, Optional.empty(), 0)
              : new Protected(now, state.batchLast(), state.pods()));
      if (isDue) {
        protect(policy, target, now, report);
      }
    } else if (state == null
        || Duration.between(state.nearLast(), now).abs().compareTo(LINGERS) >= 0) {
      clean(policy.key(), report);
    }
  }

  /** Removes the costs that were written for a policy. */
  void clean(PolicyKey policy, Report report) {
    int cleaned = 0;
    for (ClusterObject pod : marked(policy.namespace())) {
      if (policy.name().equals(pod.annotations().get(MARK)) && cleaned < BATCH) {
        annotate(policy.namespace(), pod.name(), Optional.empty(), policy.name());
        cleaned++;
      }
    }
    states.remove(policy);
    if (cleaned > 0) {
      report.action("deletion costs removed from %d pods".formatted(cleaned));
    }
  }

  /** Returns the policies whose costs are on pods. */
  Set<PolicyKey> policies() {
    Map<PolicyKey, Boolean> policies = new TreeMap<>();
    for (ClusterObject pod : objects.select(PODS, Optional.empty(), LabelSelector.EVERYTHING)) {
      String policy = pod.annotations().get(MARK);
      if (policy != null) {
        policies.put(new PolicyKey(pod.namespace().orElse(""), policy), true);
      }
    }
    return policies.keySet();
  }

  /** Returns how many pods are protected at present. */
  int protectedPods() {
    return states.values().stream().mapToInt(Protected::pods).sum();
  }

  /** Tells whether replicas are about to go: the decision falls, or the autoscaler means to act. */
  private static boolean isNear(TargetView.Known target, PolicyDecision decision) {
    return decision.replicas() < target.replicas()
        || target.autoscalers().stream().anyMatch(PodProtection::means);
  }

  private static boolean means(AutoscalerView autoscaler) {
    return autoscaler.desiredReplicas() < autoscaler.currentReplicas();
  }

  private void protect(
      PolicyDefinition policy, TargetView.Known target, Instant now, Report report) {
    switch (runs.read(policy)) {
      case Reading.NotMeasured(String cause) ->
          report.warn("protectBusyPods: runs are not measured by pod: " + cause);
      case Reading.Unknown(String cause) ->
          report.warn("protectBusyPods: runs in flight are not known now: " + cause);
      case Reading.Measured(Map<String, Runs> measured) ->
          write(policy, target, measured, now, report);
    }
  }

  private void write(
      PolicyDefinition policy,
      TargetView.Known target,
      Map<String, Runs> measured,
      Instant now,
      Report report) {
    List<ClusterObject> pods =
        objects.select(PODS, Optional.of(policy.key().namespace()), target.pods());
    DeletionCosts costs = new DeletionCosts(measured, policy.scaleIn().longRun());
    List<ClusterObject> changed =
        pods.stream()
            .filter(pod -> isOurs(pod) && differs(pod, costs.of(pod.name())))
            .sorted(Comparator.comparingInt((ClusterObject pod) -> costs.of(pod.name())).reversed())
            .limit(BATCH)
            .toList();
    for (ClusterObject pod : changed) {
      int cost = costs.of(pod.name());
      annotate(
          policy.key().namespace(),
          pod.name(),
          cost == 0 ? Optional.empty() : Optional.of(cost),
          policy.key().name());
    }
    int busy = (int) pods.stream().filter(pod -> costs.of(pod.name()) > 0).count();
    states.put(policy.key(), new Protected(now, Optional.of(now), busy));
    pods.stream()
        .filter(pod -> !isOurs(pod))
        .findFirst()
        .ifPresent(
            pod ->
                report.warn("pod %s has a deletion cost of its own: left".formatted(pod.name())));
    if (!changed.isEmpty()) {
      report.action(
          "deletion costs of %d pods changed: %d of %d pods are busy and go last, %d runs in flight"
              .formatted(changed.size(), busy, pods.size(), costs.inFlight()));
    }
  }

  /** A cost without our mark is another's. */
  private static boolean isOurs(ClusterObject pod) {
    return pod.annotations().containsKey(MARK) || !pod.annotations().containsKey(COST);
  }

  private static boolean differs(ClusterObject pod, int cost) {
    return !pod.annotations().getOrDefault(COST, "0").equals(Integer.toString(cost));
  }

  private List<ClusterObject> marked(String namespace) {
    return objects.select(PODS, Optional.of(namespace), LabelSelector.EVERYTHING).stream()
        .filter(pod -> pod.annotations().containsKey(MARK))
        .toList();
  }

  private void annotate(String namespace, String pod, Optional<Integer> cost, String policy) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
    if (cost.isPresent()) {
      annotations.put(COST, Integer.toString(cost.get())).put(MARK, policy);
    } else {
      annotations.putNull(COST).putNull(MARK);
    }
    try {
      var _ = api.merge("/api/v1/namespaces/" + namespace + "/pods/" + pod, patch);
    } catch (ControlPlaneException e) {
      // It has gone meanwhile, as pods do.
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
