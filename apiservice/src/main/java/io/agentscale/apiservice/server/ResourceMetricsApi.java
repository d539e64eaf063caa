// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import io.agentscale.apiservice.provider.UsageQuery;
import io.agentscale.apiservice.wire.Status;
import io.agentscale.apiservice.wire.UsageDocument;
import io.agentscale.apiservice.wire.UsageList;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks what pods and nodes use, and puts the answers into documents. */
final class ResourceMetricsApi {
  private static final String GROUP = "metrics.k8s.io";

  private ResourceMetricsApi() {}

  static CompletionStage<Reply> answer(
      ResourceMetricsProvider provider, Route.ObjectUsages route, QueryParameters query) {
    if (query.flag("watch")) {
      return now(Reply.failed(Status.watchNotSupported(GROUP)));
    }
    UsageQuery question;
    FieldSelector fields;
    try {
      fields = FieldSelector.parse(query.text("fieldSelector"));
      Objects objects =
          route
              .name()
              .<Objects>map(Objects.Named::new)
              .orElseGet(
                  () -> new Objects.Selected(LabelSelector.parse(query.text("labelSelector"))));
      question = new UsageQuery(route.kind(), route.namespace(), objects);
    } catch (IllegalArgumentException e) {
      return now(Reply.failed(Status.badRequest(String.valueOf(e.getMessage()))));
    }
    return provider.usage(question).thenApply(answer -> reply(route, fields, answer));
  }

  private static Reply reply(
      Route.ObjectUsages route, FieldSelector fields, Answer<ObjectUsage> answer) {
    return switch (answer) {
      case Answer.Values<ObjectUsage> values -> {
        if (route.name().isPresent()) {
          yield values.items().isEmpty()
              ? Reply.failed(notFound(route, "nothing is known of it"))
              : Reply.ok(new UsageDocument(values.items().getFirst()), values);
        }
        List<ObjectUsage> selected =
            values.items().stream()
                .filter(item -> fields.matches(item.subject().namespace(), item.subject().name()))
                .toList();
        yield Reply.ok(new UsageList(route.kind(), selected), values);
      }
      case Answer.Refused<ObjectUsage>(Reason reason, String cause) ->
          Reply.failed(
              switch (reason) {
                case NOT_FOUND, NO_SAMPLE -> notFound(route, cause);
                case BAD_REQUEST -> Status.badRequest(cause);
                case SOURCE_FAILED -> Status.internalError(cause);
                case UNAVAILABLE -> Status.unavailable(cause);
              });
    };
  }

  /** As clients of metrics-server know it, with the cause behind. */
  private static Status notFound(Route.ObjectUsages route, String cause) {
    String name = route.name().orElse("");
    String qualified = route.namespace().map(namespace -> namespace + "/" + name).orElse(name);
    String resource = route.kind().document().toLowerCase(Locale.ROOT);
    return new Status(
        404,
        "NotFound",
        resource + "." + GROUP + " \"" + qualified + "\" not found: " + cause,
        Optional.of(new Status.Details(qualified, GROUP, resource, List.of())));
  }

  private static CompletionStage<Reply> now(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
