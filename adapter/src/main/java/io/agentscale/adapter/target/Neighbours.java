// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.target.FollowedKinds.Trust;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.DisruptionBudget;
import io.agentscale.adapter.workload.HpaManifest;
import io.agentscale.adapter.workload.ScaledObjectManifest;
import io.agentscale.adapter.workload.VerticalAutoscaler;
import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelRequirement.Operator;
import io.agentscale.core.metric.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything in a cluster that acts on workloads' replicas and pods, besides policies. */
final class Neighbours {
  private static final String ANY_POD = "";

  private final FollowedKinds kinds;
  private final Shelf<Autoscaler> hpas;
  private final Shelf<Autoscaler> scaledObjects;
  private final Shelf<VerticalAutoscaler> verticals;
  private final Shelf<DisruptionBudget> budgets;

  /** Starts to follow them. */
  Neighbours(FollowedKinds kinds) {
    this.kinds = kinds;
    this.hpas = autoscalers(TargetKinds.HPA, object -> HpaManifest.read(object, ""));
    this.scaledObjects =
        autoscalers(TargetKinds.SCALED_OBJECT, object -> ScaledObjectManifest.read(object, ""));
    this.verticals =
        kinds.follow(
            TargetKinds.VERTICAL_AUTOSCALER,
            object -> VerticalAutoscaler.read(object, ""),
            vertical ->
                Set.of(TargetKey.shelfKey(vertical.target().kind(), vertical.target().name())));
    this.budgets =
        kinds.follow(
            TargetKinds.DISRUPTION_BUDGET,
            object -> DisruptionBudget.read(object, ""),
            budget -> Set.of(oneLabel(budget)));
  }

  private Shelf<Autoscaler> autoscalers(ResourceKind kind, Function<JsonNode, Autoscaler> reader) {
    return kinds.follow(
        kind,
        reader,
        autoscaler ->
            Set.of(TargetKey.shelfKey(autoscaler.target().kind(), autoscaler.target().name())));
  }

  /**
   * Returns why nothing can be said of what scales workloads; empty if it can. Without the
   * HorizontalPodAutoscalers it cannot; the other kinds need not be there or be permitted, but are
   * waited for while they may come.
   */
  Optional<String> blind(Instant now) {
    return Stream.of(
            TargetKinds.HPA,
            TargetKinds.SCALED_OBJECT,
            TargetKinds.VERTICAL_AUTOSCALER,
            TargetKinds.DISRUPTION_BUDGET)
        .flatMap(kind -> blind(kind, now).stream())
        .findFirst();
  }

  private Optional<String> blind(ResourceKind kind, Instant now) {
    return switch (kinds.trust(kind, now)) {
      case Trust.Complete _, Trust.NotInstalled _ -> Optional.empty();
      case Trust.Listing(String cause) -> Optional.of(cause);
      case Trust.Blind(String cause) ->
          kind.equals(TargetKinds.HPA) ? Optional.of(cause) : Optional.empty();
    };
  }

  /** Returns what is not seen because an optional kind may not be read, in sentences. */
  List<String> gaps(Instant now) {
    return Stream.of(
            TargetKinds.SCALED_OBJECT,
            TargetKinds.VERTICAL_AUTOSCALER,
            TargetKinds.DISRUPTION_BUDGET)
        .flatMap(kind -> gap(kind, now).stream())
        .map(cause -> "Conflicts with some objects would not be seen: " + cause)
        .toList();
  }

  private Optional<String> gap(ResourceKind kind, Instant now) {
    return kinds.trust(kind, now) instanceof Trust.Blind(String cause)
        ? Optional.of(cause)
        : Optional.empty();
  }

  List<Autoscaler> autoscalers(TargetKey target, Instant now) {
    return Stream.concat(
            all(TargetKinds.HPA, hpas, target, now),
            all(TargetKinds.SCALED_OBJECT, scaledObjects, target, now))
        .toList();
  }

  List<VerticalAutoscaler> verticals(TargetKey target, Instant now) {
    return all(TargetKinds.VERTICAL_AUTOSCALER, verticals, target, now).toList();
  }

  private <T> Stream<T> all(ResourceKind kind, Shelf<T> shelf, TargetKey target, Instant now) {
    return kinds.trust(kind, now) instanceof Trust.NotInstalled
        ? Stream.empty()
        : shelf.all(target.namespace(), target.shelfKey()).stream();
  }

  /** Returns the budgets that may select pods with these labels. */
  List<DisruptionBudget> budgets(String namespace, Map<String, String> labels) {
    return Stream.concat(
            Stream.of(ANY_POD), labels.entrySet().stream().map(l -> l.getKey() + "=" + l.getValue()))
        .flatMap(key -> budgets.all(namespace, key).stream())
        .toList();
  }

  /** One label that every selected pod has: a budget is looked for under it alone. */
  private static String oneLabel(DisruptionBudget budget) {
    return budget.selector().map(LabelSelector::requirements).stream()
        .flatMap(List::stream)
        .filter(requirement -> requirement.operator() == Operator.EQUALS)
        .map(Neighbours::label)
        .findFirst()
        .orElse(ANY_POD);
  }

  private static String label(LabelRequirement requirement) {
    return requirement.key() + "=" + requirement.values().getFirst();
  }
}
