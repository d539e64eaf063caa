// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.rules.query.BatchedQuery;
import io.agentscale.adapter.rules.query.BatchedQuery.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to a {@link Batch}, by the namespace and object each row describes. */
final class BatchedRows {
  /** Prometheus' own limit on how old the latest sample of a series may be. */
  private static final Duration LOOKBACK = Duration.ofMinutes(5);

  private static final String NAME_LABEL = "__name__";
  private static final String NONE = "";

  private final Batch batch;
  private final Instant evaluatedAt;
  private final Map<String, Map<String, List<Row>>> rows = new HashMap<>();

  private record Place(String namespace, String object) {}

  private BatchedRows(Batch batch, Instant evaluatedAt) {
    this.batch = batch;
    this.evaluatedAt = evaluatedAt;
  }

  /**
   * Sorts the rows of an answer.
   *
   * @param evaluatedAt the time the query was asked for
   * @throws IllegalStateException if the result is no answer to the question
   */
  static BatchedRows of(Batch batch, QueryResult result, Instant evaluatedAt) {
    if (!(result instanceof QueryResult.Vector vector)) {
      throw new IllegalStateException("the answer to a batched query is no vector");
    }
    BatchedRows sorted = new BatchedRows(batch, evaluatedAt);
    List<LabelledSample> values = new ArrayList<>();
    Map<Object, Instant> times = new HashMap<>();
    for (LabelledSample row : vector.rows()) {
      if (sorted.isValue(row)) {
        values.add(row);
      } else {
        sorted.addTime(row, times);
      }
    }
    values.forEach(row -> sorted.addValue(row, times));
    // Kept for a minute by the ten thousands; nearly all hold one row.
    sorted.rows.values().forEach(there -> there.replaceAll((_, found) -> List.copyOf(found)));
    return sorted;
  }

  /** Returns the time the query was evaluated at. */
  Instant evaluatedAt() {
    return evaluatedAt;
  }

  /** Returns the rows of these objects. */
  List<Row> of(Optional<String> namespace, List<String> names) {
    Map<String, List<Row>> there = rows.getOrDefault(namespace.orElse(NONE), Map.of());
    List<Row> found = new ArrayList<>(names.size());
    for (String name : names) {
      found.addAll(there.getOrDefault(name, List.of()));
    }
    return found;
  }

  /** Returns the rows of a namespace, of an external metric. */
  List<Row> of(String namespace) {
    String place = batch.namespaceLabel().isPresent() ? namespace : NONE;
    return rows.getOrDefault(place, Map.of()).getOrDefault(NONE, List.of());
  }

  private boolean isValue(LabelledSample row) {
    if (batch.times() == Times.UNKNOWN) {
      return true;
    }
    String part = row.labels().get(BatchedQuery.PART);
    if (part == null) {
      throw new IllegalStateException("the answer to a batched query has rows nobody asked for");
    }
    return part.equals(BatchedQuery.VALUES);
  }

  private void addTime(LabelledSample row, Map<Object, Instant> times) {
    Instant at = Instant.ofEpochMilli(Math.round(row.sample().value() * 1000));
    times.merge(timeKey(row.labels()), at, (one, other) -> one.isBefore(other) ? one : other);
  }

  private void addValue(LabelledSample row, Map<Object, Instant> times) {
    Place place = place(row.labels());
    Map<String, String> labels = new HashMap<>(row.labels());
    labels.remove(BatchedQuery.PART);
    if (batch.addsNamespace()) {
      batch.namespaceLabel().ifPresent(labels::remove);
    }
    rows.computeIfAbsent(place.namespace(), _ -> new HashMap<>())
        .computeIfAbsent(place.object(), _ -> new ArrayList<>(1))
        .add(new Row(labels, row.sample().value(), time(row.labels(), times)));
  }

  /** A value whose series have no sample within the look-back is made of older ones. */
  private Instant time(Map<String, String> labels, Map<Object, Instant> times) {
    return batch.times() == Times.UNKNOWN
        ? evaluatedAt
        : times.getOrDefault(timeKey(labels), evaluatedAt.minus(LOOKBACK));
  }

  private Object timeKey(Map<String, String> labels) {
    if (batch.times() == Times.OF_OBJECT) {
      return place(labels);
    }
    Map<String, String> series = new HashMap<>(labels);
    series.remove(BatchedQuery.PART);
    series.remove(NAME_LABEL);
    return series;
  }

  private Place place(Map<String, String> labels) {
    return new Place(label(batch.namespaceLabel(), labels), label(batch.objectLabel(), labels));
  }

  private static String label(Optional<String> label, Map<String, String> labels) {
    return label.map(name -> labels.getOrDefault(name, NONE)).orElse(NONE);
  }
}
