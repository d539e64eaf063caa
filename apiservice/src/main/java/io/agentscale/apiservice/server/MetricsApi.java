// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.Answer.Refused;
import io.agentscale.apiservice.provider.Answer.Values;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.wire.ExternalMetricValueList;
import io.agentscale.apiservice.wire.MetricValueList;
import io.agentscale.apiservice.wire.SelectorEcho;
import io.agentscale.apiservice.wire.Status;
import io.agentscale.core.metric.LabelSelector;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the provider for values and puts its answers into documents. */
final class MetricsApi {
  private static final String ALL = "*";

  private final MetricsProvider provider;

  MetricsApi(MetricsProvider provider) {
    this.provider = provider;
  }

  CompletionStage<Reply> objectValues(Route.ObjectValues route, QueryParameters query) {
    ObjectMetricQuery question;
    SelectorEcho echo;
    try {
      requireOwnName(route, query);
      var metricSelector = LabelSelector.parse(query.text("metricLabelSelector"));
      echo = SelectorEcho.of(metricSelector);
      question =
          new ObjectMetricQuery(
              route.resource(),
              route.namespace(),
              objects(route, query),
              route.metric(),
              metricSelector);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedStage(badRequest(e));
    }
    return provider.objectValues(question).thenApply(answer -> reply(route, echo, answer));
  }

  CompletionStage<Reply> externalValues(Route.ExternalValues route, QueryParameters query) {
    if (query.flag("watch")) {
      return CompletableFuture.completedStage(
          Reply.failed(Status.watchNotSupported("external.metrics.k8s.io")));
    }
    ExternalMetricQuery question;
    try {
      FieldSelector.parse(query.text("fieldSelector"));
      question =
          new ExternalMetricQuery(
              route.namespace(), route.metric(), LabelSelector.parse(query.text("labelSelector")));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedStage(badRequest(e));
    }
    return provider
        .externalValues(question)
        .thenApply(
            answer ->
                switch (answer) {
                  case Values<ExternalMetricValue> values ->
                      Reply.ok(new ExternalMetricValueList(route.metric(), values.items()), values);
                  case Refused<ExternalMetricValue>(Reason reason, String cause) ->
                      refusal(reason, cause, route.metric(), "namespaces", Optional.empty());
                });
  }

  private static Reply reply(
      Route.ObjectValues route, SelectorEcho echo, Answer<ObjectMetricValue> answer) {
    return switch (answer) {
      case Values<ObjectMetricValue> values ->
          Reply.ok(
              new MetricValueList(route.version(), route.metric(), echo, values.items()), values);
      case Refused<ObjectMetricValue>(Reason reason, String cause) -> {
        Optional<String> name = Optional.of(route.name()).filter(text -> !text.equals(ALL));
        yield refusal(reason, cause, route.metric(), route.resource().toString(), name);
      }
    };
  }

  private static Reply refusal(
      Reason reason, String cause, String metric, String resource, Optional<String> name) {
    return Reply.failed(
        switch (reason) {
          case NOT_FOUND -> Status.metricNotFound(metric, resource, cause);
          case NO_SAMPLE ->
              Status.metricNotFound(
                  metric, resource + name.map(text -> " " + text).orElse(""), cause);
          case BAD_REQUEST -> Status.badRequest(cause);
          case SOURCE_FAILED -> Status.internalError(cause);
          case UNAVAILABLE -> Status.unavailable(cause);
        });
  }

  private static Objects objects(Route.ObjectValues route, QueryParameters query) {
    return route.name().equals(ALL)
        ? new Objects.Selected(LabelSelector.parse(query.text("labelSelector")))
        : new Objects.Named(route.name());
  }

  private static void requireOwnName(Route.ObjectValues route, QueryParameters query) {
    var fields = FieldSelector.parse(query.text("fieldSelector"));
    boolean none = query.text("fieldSelector").isEmpty();
    if (!none && !fields.name().equals(Optional.of(route.name()))) {
      throw new IllegalArgumentException(
          "fieldSelector metadata.name doesn't match requested name");
    }
  }

  private static Reply badRequest(IllegalArgumentException e) {
    return Reply.failed(Status.badRequest(String.valueOf(e.getMessage())));
  }
}
