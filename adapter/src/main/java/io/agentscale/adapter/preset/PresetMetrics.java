// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.sample.AnswerMemory;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Serves the presets: per pod, summed per namespace, and summed as an external metric. */
public final class PresetMetrics implements MetricOrigin {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  /** In all answers kept together; some 200 bytes each. */
  private static final int MOST_VALUES = 100_000;

  private final AnswerMemory<ObjectQuestion, Answer<ObjectMetricValue>> podAnswers =
      new AnswerMemory<>(MOST_VALUES, PresetMetrics::size);
  private final PresetReadings readings;
  private final Set<Preset> enabled;
  private final MetricCatalog catalog;

  public PresetMetrics(PresetReadings readings, Set<Preset> enabled) {
    this.readings = readings;
    this.enabled = Set.copyOf(enabled);
    this.catalog = catalogOf(this.enabled);
  }

  @Override
  public MetricCatalog catalog() {
    return catalog;
  }

  @Override
  public boolean servesObjects(ResourceKind kind, String metric) {
    return (kind.resource().equals(PODS) || kind.resource().equals(NAMESPACES))
        && servesExternal(metric);
  }

  @Override
  public boolean servesExternal(String metric) {
    return Preset.named(metric).filter(enabled::contains).isPresent();
  }

  @Override
  public boolean answersForAll(ObjectQuestion question) {
    return true;
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
    return question.kind().resource().equals(NAMESPACES)
        ? namespaceValue(question, question.names().getFirst())
        : podValues(question);
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return readings
        .inNamespace(preset(query.metric()), query.namespace(), query.selector())
        .thenApply(pods -> total(query.metric(), query.namespace(), query.selector(), pods))
        .thenApply(total -> map(total, sum -> externalValue(sum)))
        .exceptionally(failure -> sourceFailed(query.metric(), failure));
  }

  private CompletionStage<Answer<ObjectMetricValue>> podValues(ObjectQuestion question) {
    String namespace = question.namespace().orElse("");
    return readings
        .inNamespace(preset(question.metric()), namespace, question.metricSelector())
        .thenApply(
            pods ->
                // Readings never change, so neither does what was made of them.
                podAnswers.get(
                    question,
                    pods,
                    Instant.MIN,
                    () -> new AnswerMemory.Made<>(podValues(question, pods), Instant.MAX)))
        .exceptionally(failure -> sourceFailed(question.metric(), failure));
  }

  private CompletionStage<Answer<ObjectMetricValue>> namespaceValue(
      ObjectQuestion question, String namespace) {
    return readings
        .inNamespace(preset(question.metric()), namespace, question.metricSelector())
        .thenApply(pods -> total(question.metric(), namespace, question.metricSelector(), pods))
        .thenApply(total -> map(total, sum -> objectValue(question, namespace, sum)))
        .exceptionally(failure -> sourceFailed(question.metric(), failure));
  }

  private static int size(Answer<ObjectMetricValue> answer) {
    return answer instanceof Answer.Values<ObjectMetricValue> values ? values.items().size() : 0;
  }

  private static Answer<ObjectMetricValue> podValues(
      ObjectQuestion question, Map<String, Reading> pods) {
    List<ObjectMetricValue> values = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : question.names()) {
      Reading reading =
          pods.getOrDefault(name, new Reading.Absent("no series of any known source"));
      switch (reading) {
        case Reading.Value value -> values.add(objectValue(question, name, value));
        case Reading.Stale stale ->
            unknown.add(name + ": last seen " + stale.lastSeen() + ", " + stale.cause());
        case Reading.Absent absent -> unknown.add(name + ": " + absent.cause());
      }
    }
    // Pods left out are "missing" to the autoscaler, which never scales down on their account.
    return values.isEmpty()
        ? Answer.refused(Reason.NO_SAMPLE, String.join("; ", first(unknown)))
        : new Answer.Values<>(values);
  }

  /**
   * Adds up the pods that are known. A pod that was known and no longer is makes the sum unknown:
   * left out it would count as idle.
   */
  private static Answer<Reading.Value> total(
      String metric, String namespace, LabelSelector series, Map<String, Reading> pods) {
    Optional<Reading.Value> sum = Optional.empty();
    List<String> stale = new ArrayList<>();
    for (Map.Entry<String, Reading> pod : pods.entrySet()) {
      switch (pod.getValue()) {
        case Reading.Value value -> sum = Optional.of(sum.map(s -> add(s, value)).orElse(value));
        case Reading.Stale gone ->
            stale.add(pod.getKey() + ": last seen " + gone.lastSeen() + ", " + gone.cause());
        case Reading.Absent _ -> {}
      }
    }
    if (!stale.isEmpty()) {
      return Answer.refused(
          Reason.SOURCE_FAILED,
          metric
              + " of namespace "
              + namespace
              + " is unknown: "
              + String.join("; ", first(stale)));
    }
    return sum.<Answer<Reading.Value>>map(value -> new Answer.Values<>(List.of(value)))
        .orElseGet(
            () ->
                Answer.refused(
                    Reason.NO_SAMPLE,
                    "no pod of namespace "
                        + namespace
                        + " exposes "
                        + metric
                        + " or its sources"
                        + (series.isEmpty() ? "" : " with the labels asked for")));
  }

  private static Reading.Value add(Reading.Value a, Reading.Value b) {
    return new Reading.Value(
        a.value() + b.value(), a.at().isBefore(b.at()) ? a.at() : b.at(), a.window());
  }

  private static List<String> first(List<String> causes) {
    int shown = 3;
    if (causes.size() <= shown) {
      return causes;
    }
    List<String> cut = new ArrayList<>(causes.subList(0, shown));
    cut.add("and " + (causes.size() - shown) + " more");
    return cut;
  }

  private static ObjectMetricValue objectValue(
      ObjectQuestion question, String name, Reading.Value value) {
    return new ObjectMetricValue(
        question.reference(name), Quantity.of(value.value()), value.at(), value.window());
  }

  private static ExternalMetricValue externalValue(Reading.Value sum) {
    return new ExternalMetricValue(
        Optional.of(Map.of()), Quantity.of(sum.value()), sum.at(), sum.window());
  }

  private static <A, B> Answer<B> map(
      Answer<A> answer, java.util.function.Function<A, B> function) {
    return switch (answer) {
      case Answer.Values<A>(List<A> items) ->
          new Answer.Values<>(items.stream().map(function).toList());
      case Answer.Refused<A>(Reason reason, String cause) -> Answer.refused(reason, cause);
    };
  }

  private static <T> Answer<T> sourceFailed(String metric, Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    return Answer.refused(
        Reason.SOURCE_FAILED, "preset " + metric + ": " + String.valueOf(cause.getMessage()));
  }

  private static Preset preset(String metric) {
    return Preset.named(metric)
        .orElseThrow(
            () -> new IllegalArgumentException("metric: must be a preset, was: " + metric));
  }

  private static MetricCatalog catalogOf(Set<Preset> presets) {
    List<ObjectMetric> objects = new ArrayList<>();
    List<String> externals = new ArrayList<>();
    for (Preset preset : presets) {
      String name = preset.metric().name();
      objects.add(new ObjectMetric(PODS, true, name));
      objects.add(new ObjectMetric(NAMESPACES, false, name));
      externals.add(name);
    }
    return new MetricCatalog(objects, externals);
  }
}
