// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.preset.QueryScope;
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

/** Reads past demand from a Prometheus, as {@link HistoryQuery} asks for it. */
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
    return new HistoryQuery(scope.get(), reach).demand(policy);
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
