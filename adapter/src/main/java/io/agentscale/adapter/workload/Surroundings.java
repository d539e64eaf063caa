// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One workload and everything that acts on its replicas.
 *
 * @param namespace all of it lives in
 * @param target the workload
 * @param workload what it says; empty where it is of another kind, or its manifest is not at hand
 * @param policies that scale it
 * @param autoscalers that scale it; a HorizontalPodAutoscaler that a ScaledObject owns is part of
 *     that one
 * @param budgets that hold its pods
 * @param verticals that change its pods
 * @param pods what they tell; empty where there is no cluster
 * @param now when all this was so
 */
public record Surroundings(
    String namespace,
    TargetRef target,
    Optional<Workload> workload,
    List<PolicyDefinition> policies,
    List<Autoscaler> autoscalers,
    List<DisruptionBudget> budgets,
    List<VerticalAutoscaler> verticals,
    Optional<PodFacts> pods,
    Instant now) {
  public Surroundings {
    policies = List.copyOf(policies);
    autoscalers = joined(autoscalers);
    budgets = List.copyOf(budgets);
    verticals = List.copyOf(verticals);
  }

  /** Returns the workload's name for sentences. */
  public ObjectId id() {
    return new ObjectId(target.kind(), namespace, target.name());
  }

  private static List<Autoscaler> joined(List<Autoscaler> all) {
    return all.stream()
        .filter(one -> all.stream().noneMatch(other -> owns(other, one)))
        .map(
            one ->
                all.stream()
                    .filter(other -> owns(one, other))
                    .findFirst()
                    .map(one::with)
                    .orElse(one))
        .toList();
  }

  private static boolean owns(Autoscaler scaledObject, Autoscaler hpa) {
    return !scaledObject.isHpa()
        && hpa.isHpa()
        && (hpa.partner().filter(scaledObject.id().name()::equals).isPresent()
            || scaledObject.partner().filter(hpa.id().name()::equals).isPresent());
  }
}
