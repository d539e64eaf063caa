// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.sample.AnswerMemory;
import io.agentscale.adapter.sample.AnswerMemory.Made;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes answers for external metrics; the same fetch gives the same question the same answer. */
final class ExternalAnswers {
  private final InstantSource clock;
  private final AnswerMemory<ExternalMetricQuery, Answer<ExternalMetricValue>> memory =
      new AnswerMemory<>(AnswerLife.MOST_VALUES, AnswerLife::size);

  ExternalAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Answers a question.
   *
   * @param fetched what the rows come from
   */
  Answer<ExternalMetricValue> of(
      ExternalMetric metric, ExternalMetricQuery query, Object fetched, Supplier<Rows> rows) {
    Instant now = clock.instant();
    return memory.get(query, fetched, now, () -> made(metric, query, rows.get(), now));
  }

  private static Made<Answer<ExternalMetricValue>> made(
      ExternalMetric metric, ExternalMetricQuery query, Rows found, Instant now) {
    List<Row> rows =
        found.labelled()
            ? metric.select(found.rows(), query.namespace(), query.selector())
            : found.rows();
    Answer<ExternalMetricValue> answer = judged(metric, rows, found.labelled(), now);
    List<ExternalMetricValue> items =
        answer instanceof Answer.Values<ExternalMetricValue> values ? values.items() : List.of();
    return new Made<>(answer, AnswerLife.end(metric.rule(), items, ExternalMetricValue::at, now));
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
}
