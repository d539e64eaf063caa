// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.sample.AnswerMemory;
import io.agentscale.adapter.sample.AnswerMemory.Made;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes answers for objects out of rows; the same fetch gives the same question the same answer.
 */
final class ObjectAnswers {
  private static final int CAUSES_SHOWN = 3;

  private final ObjectIndex objects;
  private final InstantSource clock;
  private final HeldValues held;
  private final AnswerMemory<ObjectQuestion, Answer<ObjectMetricValue>> memory =
      new AnswerMemory<>(AnswerLife.MOST_VALUES, AnswerLife::size);

  ObjectAnswers(ObjectIndex objects, HeldValues held, InstantSource clock) {
    this.objects = objects;
    this.held = held;
    this.clock = clock;
  }

  /**
   * Answers a question.
   *
   * @param fetched what the rows come from
   */
  Answer<ObjectMetricValue> of(
      ObjectMetric metric, ObjectQuestion question, Object fetched, Supplier<List<Row>> rows) {
    Instant now = clock.instant();
    return memory.get(question, fetched, now, () -> made(metric, question, rows.get(), now));
  }

  private Made<Answer<ObjectMetricValue>> made(
      ObjectMetric metric, ObjectQuestion question, List<Row> rows, Instant now) {
    ObjectValues values =
        ObjectValues.of(metric, rows, question.namespace(), question.metricSelector(), now);
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
    Answer<ObjectMetricValue> answer =
        items.isEmpty()
            ? Answer.refused(Reason.NO_SAMPLE, metric.rule().source() + ": " + first(causes))
            : new Answer.Values<>(items);
    return new Made<>(answer, AnswerLife.end(metric.rule(), items, ObjectMetricValue::at, now));
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

  private static ObjectMetricValue objectValue(
      ObjectQuestion question, String name, Reading.Value value) {
    return new ObjectMetricValue(
        question.reference(name), Quantity.of(value.value()), value.at(), value.window());
  }

  private static String first(List<String> causes) {
    String shown = causes.stream().limit(CAUSES_SHOWN).collect(Collectors.joining("; "));
    return causes.size() <= CAUSES_SHOWN
        ? shown
        : shown + "; and " + (causes.size() - CAUSES_SHOWN) + " more";
  }
}
