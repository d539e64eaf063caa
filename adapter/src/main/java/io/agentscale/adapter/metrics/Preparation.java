// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.interest.Interest;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fetches ahead what a question will be answered from. Which pods an autoscaler will ask about
 * stands in its target and not in itself, so a metric of pods is fetched ahead where that is one
 * thing for all pods, as it is wherever Prometheus is asked for all objects at once.
 */
public final class Preparation {
  private static final GroupResource PODS = new GroupResource("", "pods");

  private final ResourceMapper kinds;
  private final ObjectIndex objects;
  private final Supplier<Served> served;

  /**
   * @param served what is served at the moment of a preparation
   */
  public Preparation(ResourceMapper kinds, ObjectIndex objects, Supplier<Served> served) {
    this.kinds = kinds;
    this.objects = objects;
    this.served = served;
  }

  /** Prepares for a question; completes with whether that was possible already. */
  public CompletionStage<Boolean> prepare(Interest interest) {
    return switch (interest) {
      case Interest.OfPods pods -> resolved(PODS, kind -> prepare(kind, pods));
      case Interest.OfObject object -> resolved(object.kind(), kind -> prepare(kind, object));
      case Interest.External external -> prepare(external);
    };
  }

  private CompletionStage<Boolean> resolved(
      GroupResource resource, Function<ResourceKind, CompletionStage<Boolean>> next) {
    // The API server may have to be asked.
    return supplyAsync(() -> kinds.resolve(resource), Thread::startVirtualThread)
        .thenCompose(kind -> kind.map(next).orElseGet(() -> completedStage(true)));
  }

  private CompletionStage<Boolean> prepare(ResourceKind kind, Interest.OfPods interest) {
    // Asking is what has the pods followed, so that they are known by the first question.
    if (!objects.isSynced(kind)) {
      return completedStage(false);
    }
    Optional<String> namespace = Optional.of(interest.namespace());
    List<ClusterObject> pods = objects.select(kind, namespace, LabelSelector.EVERYTHING);
    return pods.isEmpty()
        ? completedStage(true)
        : ask(question(kind, namespace, pods.getFirst().name(), interest), false);
  }

  private CompletionStage<Boolean> prepare(ResourceKind kind, Interest.OfObject interest) {
    Optional<String> namespace =
        kind.namespaced() ? Optional.of(interest.namespace()) : Optional.empty();
    return ask(question(kind, namespace, interest.name(), interest), true);
  }

  private static ObjectQuestion question(
      ResourceKind kind, Optional<String> namespace, String name, Interest interest) {
    return new ObjectQuestion(
        kind, namespace, List.of(name), interest.metric(), interest.selector());
  }

  private CompletionStage<Boolean> ask(ObjectQuestion question, boolean isTheVeryQuestion) {
    for (MetricOrigin origin : served.get().origins()) {
      if (origin.servesObjects(question.kind(), question.namespace(), question.metric())) {
        return isTheVeryQuestion || origin.answersForAll(question)
            ? origin.objectValues(question).thenApply(_ -> true)
            : completedStage(true);
      }
    }
    // A rule whose series are not listed yet may have it soon.
    return completedStage(false);
  }

  private CompletionStage<Boolean> prepare(Interest.External interest) {
    var query =
        new ExternalMetricQuery(interest.namespace(), interest.metric(), interest.selector());
    for (MetricOrigin origin : served.get().origins()) {
      if (origin.servesExternal(interest.namespace(), interest.metric())) {
        return origin.externalValues(query).thenApply(_ -> true);
      }
    }
    // A rule whose series are not listed yet may have it soon.
    return completedStage(false);
  }
}
