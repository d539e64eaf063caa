// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.usage;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.rules.ResourceRule;
import io.agentscale.adapter.rules.ResourceRules;
import io.agentscale.adapter.usage.UsageReading.Outcome;
import io.agentscale.adapter.usage.UsageRows.Labels;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import io.agentscale.apiservice.provider.UsageQuery;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Serves what pods and nodes use by two rules, one for CPU and one for memory. Each asks Prometheus
 * once for all pods of a namespace, or for all pods where more than one namespace is asked about.
 */
public final class RuleUsage implements ResourceMetricsProvider {
  private final ResourceRules rules;
  private final Function<String, CompletionStage<QueryResult>> prometheus;
  private final ResourceMapper kinds;
  private final ObjectIndex objects;

  /**
   * @param prometheus answers an expression, from memory where it can
   */
  public RuleUsage(
      ResourceRules rules,
      Function<String, CompletionStage<QueryResult>> prometheus,
      ResourceMapper kinds,
      ObjectIndex objects) {
    this.rules = rules;
    this.prometheus = prometheus;
    this.kinds = kinds;
    this.objects = objects;
  }

  @Override
  public CompletionStage<Answer<ObjectUsage>> usage(UsageQuery query) {
    // The API server may have to be asked, which the network thread that called must not wait for.
    return supplyAsync(() -> answer(query), Thread::startVirtualThread)
        .thenCompose(answer -> answer)
        .exceptionally(failure -> failed(StageFailure.cause(failure)));
  }

  private CompletionStage<Answer<ObjectUsage>> answer(UsageQuery query) {
    Optional<ResourceKind> kind =
        kinds.resolve(query.kind() == Kind.PODS ? ResourceRule.PODS : ResourceRule.NODES);
    if (kind.isEmpty() || !objects.isSynced(kind.get())) {
      return refused(
          Reason.UNAVAILABLE,
          "the "
              + query.kind().resource()
              + " of the cluster are not known yet; ask again shortly");
    }
    List<ClusterObject> asked = asked(query, kind.get());
    if (asked.isEmpty()) {
      return query.objects() instanceof Objects.Named
          ? refused(Reason.NO_SAMPLE, "the cluster has no such object")
          : completedStage(new Answer.Values<>(List.of()));
    }
    return rows(rules.cpu(), query.kind(), asked)
        .thenCombine(
            rows(rules.memory(), query.kind(), asked),
            (cpu, memory) ->
                answer(query, asked, new UsageReading(query.kind(), cpu, memory, rules.window())));
  }

  private List<ClusterObject> asked(UsageQuery query, ResourceKind kind) {
    return switch (query.objects()) {
      case Objects.Selected(LabelSelector selector) ->
          objects.select(kind, query.namespace(), selector);
      case Objects.Named(String name) ->
          objects.select(kind, query.namespace(), LabelSelector.EVERYTHING).stream()
              .filter(object -> object.name().equals(name))
              .toList();
    };
  }

  private static Answer<ObjectUsage> answer(
      UsageQuery query, List<ClusterObject> asked, UsageReading reading) {
    List<ObjectUsage> known = new ArrayList<>();
    for (ClusterObject object : asked) {
      Outcome outcome = reading.of(object);
      if (outcome.usage().isEmpty() && query.objects() instanceof Objects.Named) {
        return Answer.refused(Reason.NO_SAMPLE, outcome.cause());
      }
      outcome.usage().ifPresent(known::add);
    }
    return new Answer.Values<>(known);
  }

  /** A question to Prometheus, and the namespace it is about where that is one. */
  private record Question(String promql, Optional<String> namespace) {}

  private CompletableFuture<UsageRows> rows(
      ResourceRule rule, Kind kind, List<ClusterObject> asked) {
    Labels labels =
        kind == Kind.NODES
            ? new Labels(Optional.empty(), rule.label(ResourceRule.NODES, kinds), Optional.empty())
            : new Labels(
                Optional.of(rule.label(ResourceRule.NAMESPACES, kinds)),
                rule.label(ResourceRule.PODS, kinds),
                Optional.of(rule.containerLabel()));
    List<Question> questions = kind == Kind.NODES ? List.of(nodes(rule, asked)) : pods(rule, asked);
    CompletableFuture<UsageRows> all = CompletableFuture.completedFuture(new UsageRows(Map.of()));
    for (Question question : questions) {
      CompletionStage<UsageRows> one =
          prometheus
              .apply(question.promql())
              .thenApply(
                  result -> UsageRows.of(vector(rule, result), labels, question.namespace()));
      all = all.thenCombine(one, RuleUsage::both);
    }
    return all;
  }

  private Question nodes(ResourceRule rule, List<ClusterObject> asked) {
    return new Question(
        rule.namesObjects() ? rule.nodeQuery(names(asked), kinds) : rule.nodeQuery(kinds),
        Optional.empty());
  }

  private List<Question> pods(ResourceRule rule, List<ClusterObject> asked) {
    Map<String, List<ClusterObject>> byNamespace =
        asked.stream().collect(Collectors.groupingBy(object -> object.namespace().orElse("")));
    if (rule.namesObjects()) {
      return byNamespace.entrySet().stream()
          .map(
              entry ->
                  new Question(
                      rule.containerQuery(entry.getKey(), names(entry.getValue()), kinds),
                      Optional.of(entry.getKey())))
          .toList();
    }
    Optional<String> only =
        byNamespace.size() == 1 ? byNamespace.keySet().stream().findFirst() : Optional.empty();
    return List.of(new Question(rule.containerQuery(only, kinds), only));
  }

  private static List<String> names(List<ClusterObject> asked) {
    return asked.stream().map(ClusterObject::name).toList();
  }

  private static QueryResult.Vector vector(ResourceRule rule, QueryResult result) {
    if (result instanceof QueryResult.Vector vector) {
      return vector;
    }
    throw new IllegalStateException(rule.source() + ": its query must give an instant vector");
  }

  /** No object is in two of them, since each is about another namespace. */
  private static UsageRows both(UsageRows one, UsageRows other) {
    Map<UsageRows.Owner, Map<String, Optional<Sample>>> both = new HashMap<>(one.byObject());
    both.putAll(other.byObject());
    return new UsageRows(both);
  }

  private static Answer<ObjectUsage> failed(Throwable failure) {
    return Answer.refused(
        Reason.SOURCE_FAILED, String.valueOf(failure.getMessage()) + "; resourceRules");
  }

  private static CompletionStage<Answer<ObjectUsage>> refused(Reason reason, String cause) {
    return completedStage(Answer.refused(reason, cause));
  }
}
