// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.Answer.Refused;
import io.agentscale.apiservice.provider.Answer.Values;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A pod that went silent must never count as an idle one, alone or in a sum. */
final class PresetMetricsTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(5);
  private static final ResourceKind PODS =
      new ResourceKind(new GroupResource("", "pods"), "pod", "v1", "Pod", true);
  private static final ResourceKind NAMESPACES =
      new ResourceKind(new GroupResource("", "namespaces"), "namespace", "v1", "Namespace", false);

  private final Map<String, Reading> pods = new TreeMap<>();
  private Optional<IOException> failure = Optional.empty();
  private final PresetMetrics metrics =
      new PresetMetrics(this::read, EnumSet.of(Preset.AGENT_CONCURRENCY));

  @Test
  void pods_knownOnesAreServedWithTheirOwnTime() {
    pods.put("a", value(2, EARLY));
    pods.put("b", value(0, LATE));
    assertThat(items(pods("a", "b")))
        .extracting(v -> v.object().name() + " " + v.value() + " " + v.at())
        .containsExactly("a 2 " + EARLY, "b 0 " + LATE);
  }

  @Test
  void pods_unknownOnesAreLeftOut_neverZero() {
    pods.put("a", value(2, EARLY));
    pods.put("b", new Reading.Stale(EARLY, "connection refused"));
    assertThat(items(pods("a", "b", "c"))).extracting(v -> v.object().name()).containsExactly("a");
  }

  @Test
  void pods_noneKnown_isNotFoundWithTheCauses() {
    pods.put("a", new Reading.Stale(EARLY, "connection refused"));
    Refused<ObjectMetricValue> refused = refused(pods("a", "b"));
    assertThat(refused.reason()).isEqualTo(Reason.NO_SAMPLE);
    assertThat(refused.cause())
        .isEqualTo(
            "a: last seen 2026-01-01T00:00:00Z, connection refused; b: no series of any known"
                + " source");
  }

  @Test
  void namespace_isTheSumOfItsPods_asOldAsTheOldest() {
    pods.put("a", value(2, LATE));
    pods.put("b", value(3.5, EARLY));
    pods.put("other", new Reading.Absent("no agent"));
    ObjectMetricValue sum = items(namespace("agent-prod")).getFirst();
    assertThat(sum.value()).isEqualTo(Quantity.ofMilli(5500));
    assertThat(sum.at()).isEqualTo(EARLY);
    assertThat(sum.object().kind()).isEqualTo("Namespace");
  }

  @Test
  void namespace_withASilentPod_isUnknownNotLess() {
    pods.put("a", value(2, LATE));
    pods.put("b", new Reading.Stale(EARLY, "timed out"));
    Refused<ObjectMetricValue> refused = refused(namespace("agent-prod"));
    assertThat(refused.reason()).isEqualTo(Reason.SOURCE_FAILED);
    assertThat(refused.cause())
        .isEqualTo(
            "agent_concurrency of namespace agent-prod is unknown: b: last seen"
                + " 2026-01-01T00:00:00Z, timed out");
  }

  @Test
  void external_isOneSeries_andnothingKnownIsNoSample() {
    pods.put("a", value(2, LATE));
    var query =
        new ExternalMetricQuery("agent-prod", "agent_concurrency", LabelSelector.EVERYTHING);
    Values<ExternalMetricValue> answer =
        (Values<ExternalMetricValue>) join(metrics.externalValues(query));
    assertThat(answer.items()).hasSize(1);
    assertThat(answer.items().getFirst().labels()).contains(Map.of());

    pods.clear();
    assertThat(((Refused<ExternalMetricValue>) join(metrics.externalValues(query))).reason())
        .isEqualTo(Reason.NO_SAMPLE);
  }

  @Test
  void sourceFails_itsCauseIsTheAnswer() {
    failure = Optional.of(new IOException("Prometheus at http://p answered 503"));
    Refused<ObjectMetricValue> refused = refused(pods("a"));
    assertThat(refused.reason()).isEqualTo(Reason.SOURCE_FAILED);
    assertThat(refused.cause())
        .isEqualTo("preset agent_concurrency: Prometheus at http://p answered 503");
  }

  @Test
  void catalog_holdsEnabledPresetsOnly() {
    assertThat(metrics.catalog().externalMetrics()).containsExactly("agent_concurrency");
    assertThat(metrics.servesObjects(PODS, "agent_concurrency")).isTrue();
    assertThat(metrics.servesObjects(PODS, "agent_queue_depth")).isFalse();
  }

  private CompletionStage<Map<String, Reading>> read(
      Preset preset, String namespace, LabelSelector series) {
    return failure.isPresent() ? failedStage(failure.get()) : completedStage(pods);
  }

  private static Reading value(double value, Instant at) {
    return new Reading.Value(value, at, Optional.empty());
  }

  private Answer<ObjectMetricValue> pods(String... names) {
    return ask(PODS, Optional.of("agent-prod"), names);
  }

  private Answer<ObjectMetricValue> namespace(String name) {
    return ask(NAMESPACES, Optional.empty(), name);
  }

  private Answer<ObjectMetricValue> ask(
      ResourceKind kind, Optional<String> namespace, String... names) {
    return join(
        metrics.objectValues(
            new ObjectQuestion(
                kind, namespace, List.of(names), "agent_concurrency", LabelSelector.EVERYTHING)));
  }

  private static List<ObjectMetricValue> items(Answer<ObjectMetricValue> answer) {
    return ((Values<ObjectMetricValue>) answer).items();
  }

  private static <T> Refused<T> refused(Answer<T> answer) {
    return (Refused<T>) answer;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
