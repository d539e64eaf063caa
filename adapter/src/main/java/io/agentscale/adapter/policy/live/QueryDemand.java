// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
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

  /**
   * @param backends by name; the default one's is empty
   */
  QueryDemand(Function<String, Optional<RuleBackend>> backends) {
    this.backends = backends;
  }

  /** Begins to read; never fails. */
  CompletionStage<LiveDemand> read(DemandSource.OfQuery query) {
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
    return backend
        .get()
        .ask(query.promql())
        .thenApply(fetched -> demand(source, fetched.value()))
        .exceptionally(
            failure ->
                new LiveDemand.Unknown(
                    source, String.valueOf(StageFailure.cause(failure).getMessage())));
  }

  static LiveDemand demand(String source, QueryResult result) {
    return switch (result) {
      case QueryResult.Scalar(Sample sample) -> demand(source, sample);
      case QueryResult.Vector(List<LabelledSample> rows) when rows.size() == 1 ->
          demand(source, rows.getFirst().sample());
      case QueryResult.Vector(List<LabelledSample> rows) when rows.isEmpty() ->
          new LiveDemand.Unknown(source, "the query matches no series");
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
