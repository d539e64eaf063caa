// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Serves the metrics that the configuration's rules expose. */
public final class RuleMetrics implements MetricOrigin {
  private static final int CAUSES_SHOWN = 3;

  private final RuleDiscovery discovery;
  private final ResourceMapper kinds;
  private final ObjectIndex objects;
  private final HeldValues held;
  private final InstantSource clock;

  public RuleMetrics(
      RuleDiscovery discovery, ResourceMapper kinds, ObjectIndex objects, InstantSource clock) {
    this(discovery, kinds, objects, new HeldValues(), clock);
  }

  private RuleMetrics(
      RuleDiscovery discovery,
      ResourceMapper kinds,
      ObjectIndex objects,
      HeldValues held,
      InstantSource clock) {
    this.discovery = discovery;
    this.kinds = kinds;
    this.objects = objects;
    this.held = held;
    this.clock = clock;
  }

  /** Returns the metrics of other rules, with the values held for those that stay. */
  public RuleMetrics successor(RuleDiscovery next) {
    return new RuleMetrics(next, kinds, objects, held, clock);
  }

  @Override
  public MetricCatalog catalog() {
    return discovery.registry().catalog();
  }

  @Override
  public boolean servesObjects(ResourceKind kind, String metric) {
    return discovery.registry().object(kind.resource(), metric, kinds).isPresent();
  }

  @Override
  public boolean servesExternal(String metric) {
    return discovery.registry().external(metric).isPresent();
  }

  @Override
  public List<String> gaps() {
    return discovery.failures();
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
    ObjectMetric metric =
        discovery
            .registry()
            .object(question.kind().resource(), question.metric(), kinds)
            .orElseThrow();
    return ask(
        metric.rule(),
        metric.plan(question.namespace(), question.names(), question.metricSelector()),
        result -> objectAnswer(metric, question, result));
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    ExternalMetric metric = discovery.registry().external(query.metric()).orElseThrow();
    return ask(
        metric.rule(),
        metric.plan(query.namespace(), query.selector()),
        result -> externalAnswer(metric, query, result));
  }

  private <T> CompletionStage<Answer<T>> ask(
      Rule rule, QueryPlan plan, Function<QueryResult, Answer<T>> answer) {
    return switch (plan) {
      case QueryPlan.Refuse(Reason reason, String cause) ->
          completedStage(Answer.refused(reason, cause));
      case QueryPlan.Ask(String promql) ->
          discovery
              .backend(rule)
              .map(
                  backend ->
                      backend.ask(promql).thenApply(fetched -> answer.apply(fetched.value())))
              .orElseGet(() -> completedStage(failed(rule, RuleDiscovery.noBackend(rule))))
              .exceptionally(failure -> failed(rule, failure));
    };
  }

  private Answer<ObjectMetricValue> objectAnswer(
      ObjectMetric metric, ObjectQuestion question, QueryResult result) {
    if (!(result instanceof QueryResult.Vector vector)) {
      return unusable(metric.rule(), result);
    }
    Instant now = clock.instant();
    ObjectValues values =
        ObjectValues.of(metric, rows(vector), question.namespace(), question.metricSelector(), now);
    Set<String> existing = existing(metric, question);
    List<ObjectMetricValue> items = new ArrayList<>();
    List<String> causes = new ArrayList<>();
    for (String name : question.names()) {
      Reading reading =
          existing.contains(name)
              ? held.orLast(metric, question, name, values.of(name), now)
              : new Reading.Absent("it does not exist");
      switch (reading) {
        case Reading.Value value -> items.add(objectValue(question, name, value));
        case Reading.Stale stale -> causes.add(name + ": " + stale.cause());
        case Reading.Absent absent -> causes.add(name + ": " + absent.cause());
      }
    }
    return items.isEmpty()
        ? Answer.refused(Reason.NO_SAMPLE, metric.rule().source() + ": " + first(causes))
        : new Answer.Values<>(items);
  }

  /**
   * Returns those asked for that exist. It matters only where a missing series means zero, since an
   * object without a series has no value otherwise.
   */
  private Set<String> existing(ObjectMetric metric, ObjectQuestion question) {
    if (metric.rule().values().onEmpty() != ValuePolicy.OnEmpty.ZERO) {
      return Set.copyOf(question.names());
    }
    return objects.select(question.kind(), question.namespace(), LabelSelector.EVERYTHING).stream()
        .map(ClusterObject::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Answer<ExternalMetricValue> externalAnswer(
      ExternalMetric metric, ExternalMetricQuery query, QueryResult result) {
    Instant now = clock.instant();
    return switch (result) {
      case QueryResult.Matrix _ -> unusable(metric.rule(), result);
      case QueryResult.Scalar(var sample) ->
          judged(metric, List.of(new Row(Map.of(), sample.value(), sample.at())), false, now);
      case QueryResult.Vector vector ->
          judged(
              metric, metric.select(rows(vector), query.namespace(), query.selector()), true, now);
    };
  }

  /** One bad row spoils the answer: the autoscaler adds the rows up, and would miss it. */
  private static Answer<ExternalMetricValue> judged(
      ExternalMetric metric, List<Row> rows, boolean labelled, Instant now) {
    List<ExternalMetricValue> items = new ArrayList<>();
    for (Row row : rows) {
      switch (metric.rule().values().judge(row.value(), row.at(), now)) {
        case Reading.Value value ->
            items.add(
                new ExternalMetricValue(
                    labelled ? Optional.of(row.labels()) : Optional.empty(),
                    Quantity.of(value.value()),
                    value.at(),
                    value.window()));
        case Reading.Stale stale -> {
          return spoiled(metric, row, stale.cause());
        }
        case Reading.Absent absent -> {
          return spoiled(metric, row, absent.cause());
        }
      }
    }
    if (items.isEmpty() && metric.rule().values().onEmpty() == ValuePolicy.OnEmpty.ZERO) {
      items.add(
          new ExternalMetricValue(Optional.of(Map.of()), Quantity.ZERO, now, Optional.empty()));
    }
    return new Answer.Values<>(items);
  }

  private static Answer<ExternalMetricValue> spoiled(ExternalMetric metric, Row row, String cause) {
    return Answer.refused(
        Reason.SOURCE_FAILED, metric.rule().source() + ": series " + row.labels() + ": " + cause);
  }

  private static List<Row> rows(QueryResult.Vector vector) {
    List<Row> rows = new ArrayList<>(vector.rows().size());
    for (LabelledSample sample : vector.rows()) {
      rows.add(new Row(sample.labels(), sample.sample().value(), sample.sample().at()));
    }
    return rows;
  }

  private static ObjectMetricValue objectValue(
      ObjectQuestion question, String name, Reading.Value value) {
    return new ObjectMetricValue(
        question.reference(name), Quantity.of(value.value()), value.at(), value.window());
  }

  private static <T> Answer<T> unusable(Rule rule, QueryResult result) {
    return Answer.refused(
        Reason.SOURCE_FAILED,
        rule.source()
            + ": its query must give an instant vector, gave a "
            + result.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
  }

  private static <T> Answer<T> failed(Rule rule, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return Answer.refused(Reason.SOURCE_FAILED, cause.getMessage() + "; " + rule.source());
  }

  private static String first(List<String> causes) {
    String shown = causes.stream().limit(CAUSES_SHOWN).collect(Collectors.joining("; "));
    return causes.size() <= CAUSES_SHOWN
        ? shown
        : shown + "; and " + (causes.size() - CAUSES_SHOWN) + " more";
  }
}
