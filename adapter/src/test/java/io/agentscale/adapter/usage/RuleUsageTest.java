// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.rules.Kinds;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.UsageQuery;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container counted as idle because its sample was missing would scale a busy service in. */
final class RuleUsageTest {
  private static final Instant AT = Instant.parse("2026-11-20T20:26:59Z");
  private static final String RULES =
      """
      compat: COMPAT
      resourceRules:
        window: 3m
        cpu:
          containerQuery: sum(rate(cpu{<<.LabelMatchers>>}[3m])) by (<<.GroupBy>>)
          nodeQuery: sum(rate(node_cpu{<<.LabelMatchers>>}[3m])) by (<<.GroupBy>>)
          resources:
            overrides:
              ns: {resource: namespace}
              pod: {resource: pod}
              instance: {resource: node}
          containerLabel: container
        memory:
          containerQuery: sum(memory{<<.LabelMatchers>>}) by (<<.GroupBy>>)
          nodeQuery: sum(node_memory{<<.LabelMatchers>>}) by (<<.GroupBy>>)
          resources:
            overrides:
              ns: {resource: namespace}
              pod: {resource: pod}
              instance: {resource: node}
          containerLabel: container
      """;

  private final List<String> asked = new ArrayList<>();
  private final Map<String, CompletionStage<QueryResult>> answers = new HashMap<>();
  private boolean synced = true;

  private final ObjectIndex objects =
      new ObjectIndex() {
        @Override
        public List<ClusterObject> select(
            ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
          List<ClusterObject> all =
              kind.resource().resource().equals("nodes")
                  ? List.of(object(Optional.empty(), "n1"), object(Optional.empty(), "n2"))
                  : List.of(
                      object(Optional.of("a"), "p1"),
                      object(Optional.of("a"), "p2"),
                      object(Optional.of("b"), "p1"));
          return all.stream()
              .filter(one -> namespace.isEmpty() || one.namespace().equals(namespace))
              .filter(one -> selector.matches(one.labels()))
              .toList();
        }

        @Override
        public boolean isSynced(ResourceKind kind) {
          return synced;
        }
      };

  private static ClusterObject object(Optional<String> namespace, String name) {
    return new ClusterObject(namespace, name, Map.of("app", name), Map.of());
  }

  private RuleUsage usage(boolean compat) {
    AdapterConfig config =
        AdapterConfig.parse(
            "config.yaml", Path.of("."), RULES.replace("COMPAT", String.valueOf(compat)));
    return new RuleUsage(
        config.rules().resourceRules().orElseThrow(),
        promql -> {
          asked.add(promql);
          return answers.entrySet().stream()
              .filter(answer -> promql.contains(answer.getKey()))
              .findFirst()
              .map(Map.Entry::getValue)
              .orElseGet(() -> CompletableFuture.completedStage(new QueryResult.Vector(List.of())));
        },
        Kinds.RECORDED,
        objects);
  }

  private static LabelledSample row(double value, Instant at, String... labels) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return new LabelledSample(map, new Sample(value, at));
  }

  private static LabelledSample container(String pod, String container, double value) {
    return row(value, AT, "ns", "a", "pod", pod, "container", container);
  }

  private void answer(String series, LabelledSample... rows) {
    answers.put(
        series + "{", CompletableFuture.completedStage(new QueryResult.Vector(List.of(rows))));
  }

  private Answer<ObjectUsage> ask(Kind kind, Optional<String> namespace, Objects objects) {
    return usage(false)
        .usage(new UsageQuery(kind, namespace, objects))
        .toCompletableFuture()
        .join();
  }

  private Answer<ObjectUsage> pods() {
    return ask(Kind.PODS, Optional.of("a"), new Objects.Selected(LabelSelector.EVERYTHING));
  }

  private static List<String> described(Answer<ObjectUsage> answer) {
    assertThat(answer).isInstanceOf(Answer.Values.class);
    return ((Answer.Values<ObjectUsage>) answer)
        .items().stream().map(RuleUsageTest::described).toList();
  }

  private static String described(ObjectUsage usage) {
    String subject = usage.subject().namespace().orElse("-") + "/" + usage.subject().name();
    return switch (usage) {
      case ObjectUsage.OfPod pod ->
          pod.containers().stream()
              .map(one -> one.name() + "=" + one.usage().cpu() + "," + one.usage().memory())
              .toList()
              .toString()
              .transform(containers -> subject + containers);
      case ObjectUsage.OfNode node ->
          subject + "=" + node.usage().cpu() + "," + node.usage().memory();
    };
  }

  @Test
  void pods_ofANamespace_areOneQueryARule() {
    answer("cpu", container("p1", "main", 0.25), container("p1", "side", 0.0004));
    answer("memory", container("p1", "side", 1e6), container("p1", "main", 64 << 20));

    assertThat(described(pods())).containsExactly("a/p1[main=250m,67108864, side=400u,1M]");
    assertThat(asked)
        .containsExactly(
            "sum(rate(cpu{ns=\"a\",pod!=\"\"}[3m])) by (ns,pod,container)",
            "sum(memory{ns=\"a\",pod!=\"\"}) by (ns,pod,container)");
  }

  @Test
  void pods_ofAllNamespaces_areToldApart_byOneQueryARule() {
    answer(
        "cpu",
        container("p1", "main", 1),
        row(2, AT, "ns", "b", "pod", "p1", "container", "main"),
        row(9, AT, "pod", "p2", "container", "main"));
    answer(
        "memory",
        container("p1", "main", 1000),
        row(2000, AT, "ns", "b", "pod", "p1", "container", "main"),
        row(9, AT, "pod", "p2", "container", "main"));

    assertThat(
            described(
                ask(Kind.PODS, Optional.empty(), new Objects.Selected(LabelSelector.EVERYTHING))))
        .containsExactly("a/p1[main=1,1k]", "b/p1[main=2,2k]");
    assertThat(asked).hasSize(2).first().asString().contains("{ns!=\"\",pod!=\"\"}");
  }

  @Test
  void compatible_namesEveryPod_asPrometheusAdapterDoes() {
    var _ =
        usage(true)
            .usage(
                new UsageQuery(
                    Kind.PODS, Optional.of("a"), new Objects.Selected(LabelSelector.EVERYTHING)))
            .toCompletableFuture()
            .join();

    assertThat(asked).contains("sum(rate(cpu{ns=\"a\",pod=~\"p1|p2\"}[3m])) by (pod,container)");
  }

  @Test
  void rowsWithoutTheNamespace_areOfTheOneAskedAbout() {
    answer("cpu", row(1, AT, "pod", "p1", "container", "main"));
    answer("memory", row(1, AT, "pod", "p1", "container", "main"));

    assertThat(described(pods())).containsExactly("a/p1[main=1,1]");
  }

  @Test
  void partialResults_skipThePod_andKeepTheOthers() {
    answer(
        "cpu",
        container("p1", "main", 0.1),
        container("p1", "side", 0.1),
        container("p2", "main", 0.2));
    answer("memory", container("p1", "main", 10), container("p2", "main", 20));

    assertThat(described(pods())).containsExactly("a/p2[main=200m,20]");
    assertThat(ask(Kind.PODS, Optional.of("a"), new Objects.Named("p1")))
        .isEqualTo(
            Answer.refused(
                Answer.Reason.NO_SAMPLE, "the memory of its container side is not known"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNoAmount_isUnknown_neverZero(double value) {
    answer("cpu", container("p1", "main", value), container("p2", "main", 1));
    answer("memory", container("p1", "main", 10), container("p2", "main", 20));
    assertThat(described(pods())).containsExactly("a/p2[main=1,20]");

    answer("cpu", container("p1", "main", 1), container("p2", "main", 1));
    answer("memory", container("p1", "main", value), container("p2", "main", 20));
    assertThat(described(pods())).containsExactly("a/p2[main=1,20]");
  }

  @Test
  void twoRowsOfOneContainer_areUnknown_andSumsOfContainersAreLeftOut() {
    answer(
        "cpu",
        container("p1", "main", 1),
        container("p1", "main", 2),
        container("p2", "main", 1),
        container("p2", "", 3),
        row(3, AT, "ns", "a", "pod", "p2"));
    answer("memory", container("p1", "main", 10), container("p2", "main", 20));

    assertThat(described(pods())).containsExactly("a/p2[main=1,20]");
  }

  @Test
  void timestamp_isTheEarliest_andTheWindowTheConfigured() {
    Instant earlier = AT.minusSeconds(40);
    answer("cpu", container("p1", "main", 1));
    answer("memory", row(10, earlier, "ns", "a", "pod", "p1", "container", "main"));

    ObjectUsage usage = ((Answer.Values<ObjectUsage>) pods()).items().getFirst();
    assertThat(usage.at()).isEqualTo(earlier);
    assertThat(usage.window()).isEqualTo(Duration.ofMinutes(3));
    assertThat(usage.subject().labels()).containsEntry("app", "p1");
  }

  @Test
  void nodes_needBoth() {
    answer("node_cpu", row(1.5, AT, "instance", "n1"), row(2, AT, "instance", "n2"));
    answer("node_memory", row(2e9, AT, "instance", "n1"), row(Double.NaN, AT, "instance", "n2"));

    assertThat(
            described(
                ask(Kind.NODES, Optional.empty(), new Objects.Selected(LabelSelector.EVERYTHING))))
        .containsExactly("-/n1=1500m,2G");
    assertThat(ask(Kind.NODES, Optional.empty(), new Objects.Named("n2")))
        .isEqualTo(Answer.refused(Answer.Reason.NO_SAMPLE, "its memory is not known"));
  }

  @Test
  void selector_narrows_andNothingSelectedAsksNothing() {
    Answer<ObjectUsage> none =
        ask(Kind.PODS, Optional.of("a"), new Objects.Selected(LabelSelector.parse("app=none")));

    assertThat(described(none)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void failures_areRefusals() {
    answers.put(
        "memory{", CompletableFuture.failedStage(new IllegalStateException("Prometheus is gone")));
    assertThat(pods())
        .isEqualTo(
            Answer.refused(Answer.Reason.SOURCE_FAILED, "Prometheus is gone; resourceRules"));
    answers.put(
        "memory{", CompletableFuture.completedStage(new QueryResult.Scalar(new Sample(1, AT))));
    assertThat(pods())
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.cause()).contains("must give an instant vector"));
    assertThat(ask(Kind.PODS, Optional.of("a"), new Objects.Named("p9")))
        .isEqualTo(Answer.refused(Answer.Reason.NO_SAMPLE, "the cluster has no such object"));
    synced = false;
    assertThat(pods())
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Answer.Reason.UNAVAILABLE));
  }
}
