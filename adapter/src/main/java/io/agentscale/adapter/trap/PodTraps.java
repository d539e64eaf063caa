// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.DisruptionBudget;
import io.agentscale.adapter.workload.PodFacts;
import io.agentscale.adapter.workload.PodFacts.Unplaced;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.adapter.workload.Workload;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What keeps pods from coming, from serving, and from leaving in peace. */
final class PodTraps {
  /** A scheduler that has tried this long is not merely busy. */
  private static final Duration LONG_UNPLACED = Duration.ofMinutes(1);

  private PodTraps() {}

  static Stream<Finding> find(Surroundings around) {
    return Stream.concat(
        Stream.concat(noEviction(around), graceTooShort(around)),
        around.pods().stream().flatMap(pods -> told(pods, around)));
  }

  private static Stream<Finding> noEviction(Surroundings around) {
    int fewest = fewestPods(around);
    return around.workload().stream()
        .flatMap(
            workload ->
                around.budgets().stream()
                    .filter(budget -> selects(budget, workload))
                    .filter(budget -> budget.evictable(fewest) == 0)
                    .map(budget -> noEviction(budget, workload, fewest)));
  }

  private static Finding noEviction(DisruptionBudget budget, Workload workload, int fewest) {
    return new Finding(
        Trap.NO_EVICTION,
        budget.id(),
        budget.maxUnavailable().isEmpty() ? "spec.minAvailable" : "spec.maxUnavailable",
        "lets no pod of %s be evicted while there are only %s: its nodes cannot be drained"
            .formatted(workload.id(), fewest == 1 ? "1 replica" : fewest + " replicas"),
        fewest == 1
            ? "set maxUnavailable: 1, or never have fewer than 2 replicas"
            : "set maxUnavailable: 1 instead");
  }

  private static boolean selects(DisruptionBudget budget, Workload workload) {
    return budget.id().namespace().equals(workload.id().namespace())
        && budget.selector().filter(s -> s.matches(workload.podLabels())).isPresent();
  }

  /** The fewest pods there may be; none at all cannot be evicted either. */
  private static int fewestPods(Surroundings around) {
    IntStream bounds =
        IntStream.concat(
            around.autoscalers().stream().mapToInt(Autoscaler::min),
            around.policies().stream()
                .mapToInt(policy -> policy.settings().schedules().baseline().minReplicas()));
    int fewest =
        bounds.max().orElseGet(() -> around.workload().map(w -> w.replicas().orElse(1)).orElse(1));
    return Math.max(1, fewest);
  }

  private static Stream<Finding> graceTooShort(Surroundings around) {
    return around.workload().stream()
        .flatMap(
            workload ->
                around.policies().stream()
                    .filter(policy -> policy.scaleIn().protectBusyPods())
                    .filter(policy -> policy.scaleIn().longRun().compareTo(workload.grace()) > 0)
                    .map(policy -> graceTooShort(workload, policy)));
  }

  private static Finding graceTooShort(Workload workload, PolicyDefinition policy) {
    return new Finding(
        Trap.GRACE_TOO_SHORT,
        workload.id(),
        "spec.template.spec.terminationGracePeriodSeconds",
        "kills a pod after %d s where %s takes runs younger than %d s for short ones: they are lost"
            .formatted(
                workload.grace().toSeconds(),
                WriterTraps.id(policy),
                policy.scaleIn().longRun().toSeconds()),
        "set terminationGracePeriodSeconds to at least %d"
            .formatted(policy.scaleIn().longRun().toSeconds()));
  }

  private static Stream<Finding> told(PodFacts pods, Surroundings around) {
    return Stream.of(noPods(pods, around), noNode(pods, around), neverReady(pods, around))
        .flatMap(found -> found);
  }

  private static Stream<Finding> noPods(PodFacts pods, Surroundings around) {
    return around.workload().stream()
        .filter(workload -> pods.count() == 0 && workload.replicas().orElse(0) > 0)
        .map(
            workload ->
                new Finding(
                    Trap.NO_PODS,
                    workload.id(),
                    "spec.selector",
                    "asks for %d replicas and has no pod".formatted(workload.replicas().getAsInt()),
                    "see `kubectl describe` of it and its ReplicaSets: a quota, an admission webhook"
                        + " or a missing service account refuses them"));
  }

  private static Stream<Finding> noNode(PodFacts pods, Surroundings around) {
    return pods.unplaced().stream()
        .filter(pod -> pod.waited().compareTo(LONG_UNPLACED) >= 0)
        .limit(1)
        .map(pod -> noNode(pod, pods.unplaced().size(), around));
  }

  private static Finding noNode(Unplaced pod, int unplaced, Surroundings around) {
    return new Finding(
        Trap.NO_NODE,
        around.id(),
        "spec.template.spec",
        "no node takes %s%s, for %d minutes now: %s"
            .formatted(
                pod.pod(),
                unplaced > 1 ? " and " + (unplaced - 1) + " more pods" : "",
                pod.waited().toMinutes(),
                pod.message().replaceFirst("\\.$", "")),
        pod.message().contains("/")
            ? "add nodes with that resource, or lower maxReplicas to what the cluster has of it"
            : "add nodes, or lower maxReplicas to what the cluster can hold");
  }

  private static Stream<Finding> neverReady(PodFacts pods, Surroundings around) {
    return pods.overdue() == 0
        ? Stream.empty()
        : Stream.of(
            new Finding(
                Trap.NEVER_READY,
                around.id(),
                "spec.template.spec",
                "%d of %d pods have not become Ready within an hour"
                    .formatted(pods.overdue(), pods.count()),
                "see their events and logs; they are no capacity, and do not count in the measured"
                    + " lead"));
  }
}
