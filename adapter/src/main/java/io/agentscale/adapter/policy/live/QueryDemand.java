// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.promql.PromqlException;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.LiveDemand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads a demand by a query of its policy, which must be answered by exactly one series. */
final class QueryDemand {
  private final Function<String, Optional<RuleBackend>> backends;
  private final QueryReach reach;

  /**
   * @param backends by name; the default one's is empty
   */
  QueryDemand(Function<String, Optional<RuleBackend>> backends, QueryReach reach) {
    this.backends = backends;
    this.reach = reach;
  }

  /** Begins to read; never fails. */
  CompletionStage<LiveDemand> read(PolicyKey policy, DemandSource.OfQuery query) {
    String name = query.backend().orElse("");
    String source = name.isEmpty() ? "Prometheus" : "Prometheus " + name;
    Optional<RuleBackend> backend = backends.apply(name);
    if (backend.isEmpty()) {
      return CompletableFuture.completedStage(
          new LiveDemand.Unknown(
              source,
              name.isEmpty()
                  ? "no Prometheus is configured; give prometheus.url or --prometheus-url"
                  : "backends." + name + " is not configured"));
    }
    String asked;
    try {
      asked = reach.query(policy, query.promql());
    } catch (PromqlException e) {
      return CompletableFuture.completedStage(
          new LiveDemand.Unknown(
              source, "the query cannot be confined to its namespace: " + e.getMessage()));
    }
    return backend
        .get()
        .ask(asked)
        .thenApply(fetched -> demand(source, asked, fetched.value()))
        .exceptionally(
            failure ->
                new LiveDemand.Unknown(
                    source, String.valueOf(StageFailure.cause(failure).getMessage())));
  }

  static LiveDemand demand(String source, String asked, QueryResult result) {
    return switch (result) {
      case QueryResult.Scalar(Sample sample) -> demand(source, sample);
      case QueryResult.Vector(List<LabelledSample> rows) when rows.size() == 1 ->
          demand(source, rows.getFirst().sample());
      case QueryResult.Vector(List<LabelledSample> rows) when rows.isEmpty() ->
          new LiveDemand.Unknown(source, "the query matches no series: " + asked);
      case QueryResult.Vector(List<LabelledSample> rows) ->
          new LiveDemand.Unknown(
              source,
              "the query gives %d series and must give one; wrap it in sum()"
                  .formatted(rows.size()));
      case QueryResult.Matrix _ ->
          new LiveDemand.Unknown(source, "the query gives a range and must give one value");
    };
  }

  private static LiveDemand demand(String source, Sample sample) {
    return Double.isFinite(sample.value()) && sample.value() >= 0
        ? new LiveDemand.Known(Capacity.roundedUp(sample.value()), sample.at(), source)
        : new LiveDemand.Unknown(source, "the query gives " + sample.value());
  }
}
