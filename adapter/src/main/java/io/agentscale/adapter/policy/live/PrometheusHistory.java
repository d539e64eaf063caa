// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.preset.QueryScope;
import io.agentscale.adapter.preset.SeriesMatcher;
import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.LabelledSeries;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads past demand from a Prometheus: the policy's own query, or its preset summed over the pods
 * of its target, which the past knows by their names alone.
 */
public final class PrometheusHistory implements DemandHistory {
  private static final String DEFAULT = "";

  private final Function<String, Optional<GuardedPrometheus>> servers;
  private final Supplier<QueryScope> scope;
  private final QueryReach reach;

  /**
   * @param servers by name; the default one's is empty
   * @param scope how the default one labels pods
   * @param reach of queries
   */
  public PrometheusHistory(
      Function<String, Optional<GuardedPrometheus>> servers,
      Supplier<QueryScope> scope,
      QueryReach reach) {
    this.servers = servers;
    this.scope = scope;
    this.reach = reach;
  }

  @Override
  public boolean has(PolicyDefinition policy) {
    return server(policy).isPresent()
        && (policy.demand() instanceof DemandSource.OfQuery || promql(policy).isPresent());
  }

  @Override
  public CompletionStage<List<Sample>> read(
      PolicyDefinition policy, Instant from, Instant to, Duration step) {
    return server(policy)
        .orElseThrow()
        .queryRange(promql(policy).orElseThrow(), from, to, step)
        .thenCompose(PrometheusHistory::oneSeries);
  }

  private Optional<GuardedPrometheus> server(PolicyDefinition policy) {
    return servers.apply(
        policy.demand() instanceof DemandSource.OfQuery query
            ? query.backend().orElse(DEFAULT)
            : DEFAULT);
  }

  private Optional<String> promql(PolicyDefinition policy) {
    return switch (policy.demand()) {
      case DemandSource.OfQuery(String promql, _) -> Optional.of(reach.query(policy.key(), promql));
      case DemandSource.OfPreset(String name) ->
          SourcedDemand.preset(name)
              .flatMap(
                  preset ->
                      podNames(policy.target())
                          .map(
                              names ->
                                  preset
                                      .metric()
                                      .query(
                                          scope
                                              .get()
                                              .inNamespace(policy.key().namespace())
                                              .with(List.of(pods(names))))
                                      .total()));
    };
  }

  private SeriesMatcher pods(String names) {
    return new SeriesMatcher(scope.get().podLabel(), SeriesMatcher.Operator.MATCHES, names);
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

  private static CompletionStage<List<Sample>> oneSeries(QueryResult result) {
    if (result instanceof QueryResult.Matrix(List<LabelledSeries> rows) && rows.size() <= 1) {
      return CompletableFuture.completedStage(
          rows.isEmpty() ? List.of() : rows.getFirst().samples());
    }
    return CompletableFuture.failedStage(
        new IllegalStateException("the query of the history must give one series"));
  }
}
