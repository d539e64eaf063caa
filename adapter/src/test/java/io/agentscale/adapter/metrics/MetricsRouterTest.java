// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.interest.Interest;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.Answer.Refused;
import io.agentscale.apiservice.provider.Answer.Values;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A question must reach the origin that knows it, for exactly the objects it selects. */
final class MetricsRouterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final ResourceKind POD_KIND = new ResourceKind(PODS, "pod", "v1", "Pod", true);

  private boolean synced = true;
  private final List<ClusterObject> pods =
      List.of(pod("a", Map.of("app", "coder")), pod("b", Map.of("app", "reviewer")));
  private final MetricsRouter router =
      new MetricsRouter(
          resource ->
              resource.resource().startsWith("pod") ? Optional.of(POD_KIND) : Optional.empty(),
          new Pods(),
          List.of(new Origin("runs", 1), new Origin("runs", 2), new Origin("tokens", 3)));

  @Test
  void named_asksTheFirstOriginThatHasTheMetric() {
    assertThat(values("runs", new Objects.Named("a")))
        .extracting(value -> value.object().name() + "=" + value.value())
        .containsExactly("a=1");
    assertThat(values("tokens", new Objects.Named("a")))
        .extracting(ObjectMetricValue::value)
        .containsExactly(Quantity.of(3));
  }

  @Test
  void selected_asksForTheMatchingObjectsOnly() {
    assertThat(values("runs", new Objects.Selected(LabelSelector.parse("app=reviewer"))))
        .extracting(value -> value.object().name())
        .containsExactly("b");
    assertThat(values("runs", new Objects.Selected(LabelSelector.EVERYTHING))).hasSize(2);
  }

  @Test
  void selected_nothingMatches_isNotFoundAndSaysWhat() {
    var refused = refused("pods", "runs", new Objects.Selected(LabelSelector.parse("app=none")));
    assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(refused.cause())
        .isEqualTo("no pods in namespace agent-prod match the label selector");
  }

  @Test
  void selected_beforeTheObjectsAreKnown_isUnavailableNotEmpty() {
    synced = false;
    var refused = refused("pods", "runs", new Objects.Selected(LabelSelector.EVERYTHING));
    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void unknownKindOrMetric_isNotFoundWithItsCause() {
    assertThat(refused("widgets", "runs", new Objects.Named("a")).cause())
        .isEqualTo("no kind of object is called widgets in this cluster");
    assertThat(refused("pods", "nosuch", new Objects.Named("a")).cause())
        .isEqualTo("neither a rule nor a preset gives pods this metric");
  }

  @Test
  void catalog_isSortedAndWithoutDuplicates() {
    assertThat(router.catalog().objectMetrics())
        .containsExactly(
            new ObjectMetric(PODS, true, "runs"), new ObjectMetric(PODS, true, "tokens"));
    assertThat(router.catalog().externalMetrics()).containsExactly("runs", "tokens");
  }

  @Test
  void external_asksTheOriginThatHasIt() {
    var query = new ExternalMetricQuery("agent-prod", "tokens", LabelSelector.EVERYTHING);
    assertThat(join(router.externalValues(query))).isInstanceOf(Values.class);
    var unknown = new ExternalMetricQuery("agent-prod", "nosuch", LabelSelector.EVERYTHING);
    assertThat(((Refused<?>) join(router.externalValues(unknown))).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  private List<ObjectMetricValue> values(String metric, Objects objects) {
    return ((Values<ObjectMetricValue>) join(ask("pods", metric, objects))).items();
  }

  private Refused<ObjectMetricValue> refused(String resource, String metric, Objects objects) {
    return (Refused<ObjectMetricValue>) join(ask(resource, metric, objects));
  }

  private CompletionStage<Answer<ObjectMetricValue>> ask(
      String resource, String metric, Objects objects) {
    return router.objectValues(
        new ObjectMetricQuery(
            GroupResource.parse(resource),
            Optional.of("agent-prod"),
            objects,
            metric,
            LabelSelector.EVERYTHING));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private static ClusterObject pod(String name, Map<String, String> labels) {
    return new ClusterObject(Optional.of("agent-prod"), name, labels, Map.of());
  }

  private final class Pods implements ObjectIndex {
    @Override
    public List<ClusterObject> select(
        ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
      return pods.stream().filter(pod -> selector.matches(pod.labels())).toList();
    }

    @Override
    public boolean isSynced(ResourceKind kind) {
      return synced;
    }
  }

  private final List<String> fetched = new ArrayList<>();

  /** Has only what is asked for, and notes what that was. */
  private final class Noting implements MetricOrigin {
    private final Origin origin = new Origin("runs", 1);
    private final boolean forAll;

    Noting(boolean forAll) {
      this.forAll = forAll;
    }

    @Override
    public MetricCatalog catalog() {
      return origin.catalog();
    }

    @Override
    public boolean servesObjects(ResourceKind kind, String metric) {
      return origin.servesObjects(kind, metric);
    }

    @Override
    public boolean servesExternal(String metric) {
      return origin.servesExternal(metric);
    }

    @Override
    public boolean answersForAll(ObjectQuestion question) {
      return forAll;
    }

    @Override
    public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
      fetched.add(question.metric() + " of " + question.names());
      return origin.objectValues(question);
    }

    @Override
    public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
      fetched.add(query.metric());
      return origin.externalValues(query);
    }
  }

  private boolean prepare(Interest interest, boolean forAll) {
    Preparation preparation =
        new Preparation(
            resource ->
                resource.resource().startsWith("pod") ? Optional.of(POD_KIND) : Optional.empty(),
            new Pods(),
            () -> new Served(List.of(new Noting(forAll)), Optional.empty()));
    return join(preparation.prepare(interest));
  }

  @Test
  void prepare_podsMetric_asksOnceForAll_orNotAtAll() {
    var runs = new Interest.OfPods("agent-prod", "runs", LabelSelector.EVERYTHING);
    assertThat(prepare(runs, false)).isTrue();
    assertThat(fetched).isEmpty();
    assertThat(prepare(runs, true)).isTrue();
    assertThat(fetched).containsExactly("runs of [a]");
  }

  @Test
  void prepare_objectAndExternalMetric_asksTheVeryQuestion() {
    var pod = new GroupResource("", "pod");
    var object = new Interest.OfObject("agent-prod", pod, "b", "runs", LabelSelector.EVERYTHING);
    assertThat(prepare(object, false)).isTrue();
    assertThat(prepare(new Interest.External("x", "runs", LabelSelector.EVERYTHING), false))
        .isTrue();
    assertThat(fetched).containsExactly("runs of [b]", "runs");
  }

  @Test
  void prepare_beforeObjectsOrMetricAreKnown_saysNotYet() {
    assertThat(prepare(new Interest.External("x", "none", LabelSelector.EVERYTHING), true))
        .isFalse();
    synced = false;
    assertThat(prepare(new Interest.OfPods("x", "runs", LabelSelector.EVERYTHING), true)).isFalse();
    assertThat(fetched).isEmpty();
  }

  private record Origin(String metric, long value) implements MetricOrigin {
    @Override
    public MetricCatalog catalog() {
      return new MetricCatalog(List.of(new ObjectMetric(PODS, true, metric)), List.of(metric));
    }

    @Override
    public boolean servesObjects(ResourceKind kind, String name) {
      return name.equals(metric);
    }

    @Override
    public boolean servesExternal(String name) {
      return name.equals(metric);
    }

    @Override
    public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
      return completedStage(
          new Values<>(
              question.names().stream()
                  .map(
                      name ->
                          new ObjectMetricValue(
                              question.reference(name),
                              Quantity.of(value),
                              NOW,
                              Optional.<Duration>empty()))
                  .toList()));
    }

    @Override
    public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
      return completedStage(
          new Values<>(
              List.of(
                  new ExternalMetricValue(
                      Optional.of(Map.of()), Quantity.of(value), NOW, Optional.empty()))));
    }
  }
}
