// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Serves the metrics that the configuration's rules expose.
 *
 * <p>A question is asked for all objects of all namespaces at once where that is equivalent, see
 * {@link io.agentscale.adapter.promql.SeparableQuery}; so Prometheus gets one query for each rule,
 * series and metric selector, however many autoscalers ask. Other questions, and all of {@link
 * io.agentscale.adapter.rules.query.RuleMode#COMPATIBLE}, are asked one by one, to the letter of
 * the template.
 */
public final class RuleMetrics implements MetricOrigin {
  private final RuleDiscovery discovery;
  private final ResourceMapper kinds;
  private final ObjectIndex objects;
  private final HeldValues held;
  private final InstantSource clock;
  private final BatchObserver observer;
  private final Batches batches = new Batches();
  private final BatchChecks checks;
  private final ObjectAnswers objectAnswers;
  private final ExternalAnswers externalAnswers;

  public RuleMetrics(
      RuleDiscovery discovery, ResourceMapper kinds, ObjectIndex objects, InstantSource clock) {
    this(discovery, kinds, objects, clock, false, BatchObserver.NONE);
  }

  /**
   * Creates the metrics.
   *
   * @param shadowVerify whether the answers for all objects are compared with answers for each all
   *     the time, and not only at first
   * @param observer told of comparisons
   */
  public RuleMetrics(
      RuleDiscovery discovery,
      ResourceMapper kinds,
      ObjectIndex objects,
      InstantSource clock,
      boolean shadowVerify,
      BatchObserver observer) {
    this(discovery, kinds, objects, new HeldValues(), clock, shadowVerify, observer);
  }

  private RuleMetrics(
      RuleDiscovery discovery,
      ResourceMapper kinds,
      ObjectIndex objects,
      HeldValues held,
      InstantSource clock,
      boolean shadowVerify,
      BatchObserver observer) {
    this.discovery = discovery;
    this.kinds = kinds;
    this.objects = objects;
    this.held = held;
    this.clock = clock;
    this.observer = observer;
    this.checks = new BatchChecks(clock, shadowVerify, observer);
    this.objectAnswers = new ObjectAnswers(objects, held, clock);
    this.externalAnswers = new ExternalAnswers(clock);
  }

  /**
   * Returns the metrics of other rules, with the values held for those that stay.
   *
   * @param verify as at creation
   */
  public RuleMetrics successor(RuleDiscovery next, boolean verify) {
    return new RuleMetrics(next, kinds, objects, held, clock, verify, observer);
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
  public boolean answersForAll(ObjectQuestion question) {
    return discovery
        .registry()
        .object(question.kind().resource(), question.metric(), kinds)
        .filter(
            metric ->
                metric.rule() instanceof Rule.Raw
                    || batches.of(metric, question.metricSelector()).isPresent())
        .isPresent();
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
    return discovery
        .registry()
        .object(question.kind().resource(), question.metric(), kinds)
        .map(metric -> objectValues(metric, question))
        .orElseGet(() -> completedStage(unlisted()));
  }

  private CompletionStage<Answer<ObjectMetricValue>> objectValues(
      ObjectMetric metric, ObjectQuestion question) {
    Optional<QueryPlan.Refuse> objection = metric.objection(question.namespace(), question.names());
    if (objection.isPresent()) {
      return completedStage(Answer.refused(objection.get().reason(), objection.get().cause()));
    }
    return ask(
        new Inquiry<>(
            metric.rule(),
            batches.of(metric, question.metricSelector()),
            () -> metric.plan(question.namespace(), question.names(), question.metricSelector()),
            Rows::ofVector,
            all -> new Rows(all.of(question.namespace(), question.names()), true),
            (fetched, rows) ->
                objectAnswers.of(metric, question, fetched, () -> rows.get().rows())));
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return discovery
        .registry()
        .external(query.metric())
        .map(metric -> externalValues(metric, query))
        .orElseGet(() -> completedStage(unlisted()));
  }

  private CompletionStage<Answer<ExternalMetricValue>> externalValues(
      ExternalMetric metric, ExternalMetricQuery query) {
    return ask(
        new Inquiry<>(
            metric.rule(),
            batches.of(metric, query.namespace(), query.selector()),
            () -> metric.plan(query.namespace(), query.selector()),
            Rows::of,
            all -> new Rows(all.of(query.namespace()), true),
            (fetched, rows) -> externalAnswers.of(metric, query, fetched, rows)));
  }

  private <T> CompletionStage<Answer<T>> ask(Inquiry<T> inquiry) {
    return discovery
        .backend(inquiry.rule())
        .map(backend -> ask(inquiry, backend))
        .orElseGet(
            () -> completedStage(failed(inquiry.rule(), RuleDiscovery.noBackend(inquiry.rule()))))
        .exceptionally(failure -> failed(inquiry.rule(), failure));
  }

  private <T> CompletionStage<Answer<T>> ask(Inquiry<T> inquiry, RuleBackend backend) {
    if (inquiry.batch().isEmpty()) {
      return askAlone(inquiry, backend);
    }
    return checks
        .ask(backend, inquiry.batch().get(), inquiry)
        .thenCompose(
            all ->
                all.map(
                        fetched ->
                            completedStage(
                                inquiry
                                    .answers()
                                    .of(fetched, () -> inquiry.ofAll().apply(fetched.value()))))
                    .orElseGet(() -> askAlone(inquiry, backend)));
  }

  private <T> CompletionStage<Answer<T>> askAlone(Inquiry<T> inquiry, RuleBackend backend) {
    return switch (inquiry.alone().get()) {
      case QueryPlan.Refuse(Reason reason, String cause) ->
          completedStage(Answer.refused(reason, cause));
      case QueryPlan.Ask(String promql) ->
          backend
              .ask(promql)
              .thenApply(
                  fetched ->
                      inquiry
                          .answers()
                          .of(fetched, () -> inquiry.ofAlone().apply(fetched.value())));
    };
  }

  /** A listing of series may take a metric away between two looks at what there is. */
  private static <T> Answer<T> unlisted() {
    return Answer.refused(Reason.NOT_FOUND, "no series of this metric is left");
  }

  private static <T> Answer<T> failed(Rule rule, Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    return Answer.refused(Reason.SOURCE_FAILED, cause.getMessage() + "; " + rule.source());
  }
}
