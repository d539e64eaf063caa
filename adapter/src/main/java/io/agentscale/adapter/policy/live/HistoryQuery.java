// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetQuery;
import io.agentscale.adapter.preset.QueryScope;
import io.agentscale.adapter.preset.SeriesMatcher;
import java.util.List;
import java.util.Optional;

/**
 * The PromQL of a policy's past demand: its own query, or its preset summed over the pods of its
 * target, which the past knows by their names alone.
 *
 * @param scope how the Prometheus labels pods
 * @param reach of queries
 */
public record HistoryQuery(QueryScope scope, QueryReach reach) {

  /**
   * Returns what gives the demand as one series; empty for a preset of a target whose pods' names
   * are not known.
   *
   * @throws io.agentscale.adapter.promql.PromqlException if the reach of a query cannot be told
   */
  public Optional<String> demand(PolicyDefinition policy) {
    return switch (policy.demand()) {
      case DemandSource.OfQuery(String promql, _) -> Optional.of(reach.query(policy.key(), promql));
      case DemandSource.OfPreset _ -> preset(policy).map(PresetQuery::total);
    };
  }

  /**
   * Returns what tells how many pods each source of a preset was found for, a series for each
   * {@link PresetQuery#SOURCE_LABEL}; empty for a query.
   */
  public Optional<String> podsPerSource(PolicyDefinition policy) {
    return preset(policy)
        .map(query -> "count by (%s) (%s)".formatted(PresetQuery.SOURCE_LABEL, query.perPod()));
  }

  /** Returns which series are of the target's pods; empty if their names are not known. */
  public Optional<QueryScope> ofPods(PolicyDefinition policy) {
    return podNames(policy.target())
        .map(
            names ->
                scope
                    .inNamespace(policy.key().namespace())
                    .with(
                        List.of(
                            new SeriesMatcher(
                                scope.podLabel(), SeriesMatcher.Operator.MATCHES, names))));
  }

  /** Returns the preset a policy's demand is. */
  public static Optional<Preset> presetOf(PolicyDefinition policy) {
    return policy.demand() instanceof DemandSource.OfPreset(String name)
        ? SourcedDemand.preset(name)
        : Optional.empty();
  }

  private Optional<PresetQuery> preset(PolicyDefinition policy) {
    return presetOf(policy)
        .flatMap(preset -> ofPods(policy).map(pods -> preset.metric().query(pods)));
  }

  /** Returns a regex for the names Kubernetes gives a workload's pods; empty for other kinds. */
  static Optional<String> podNames(TargetRef target) {
    // The name of an object has no symbol of a regex but the dot.
    String name = target.name().replace(".", "\\.");
    return switch (target.kind()) {
      case "Deployment", "Rollout" -> Optional.of(name + "-[a-z0-9]{1,10}-[a-z0-9]{5}");
      case "ReplicaSet" -> Optional.of(name + "-[a-z0-9]{5}");
      case "StatefulSet" -> Optional.of(name + "-[0-9]+");
      default -> Optional.empty();
    };
  }
}
