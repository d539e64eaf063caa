// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import io.agentscale.adapter.promql.Promql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The series that exist for a client: all, or those with one label value.
 *
 * @param only the label and its value; absent for all series
 */
record Confines(Optional<Map.Entry<String, String>> only) {
  static final Confines NONE = new Confines(Optional.empty());

  static Confines to(String label, String value) {
    return new Confines(Optional.of(Map.entry(label, value)));
  }

  /**
   * Returns the query to ask in place of a given one.
   *
   * @throws io.agentscale.adapter.promql.PromqlException if it cannot be confined
   */
  String query(String promql) {
    return only.map(label -> Promql.confined(promql, label.getKey(), label.getValue()))
        .orElse(promql);
  }

  /**
   * Returns the selectors to ask about in place of given ones, of which none means all series.
   *
   * @throws io.agentscale.adapter.promql.PromqlException if one cannot be confined
   */
  Collection<String> selectors(Collection<String> selectors) {
    if (only.isEmpty()) {
      return selectors;
    }
    String label = only.get().getKey();
    String value = only.get().getValue();
    return selectors.isEmpty()
        ? List.of(Promql.confinedSelector("{" + label + "!=\"\"}", label, value))
        : selectors.stream().map(s -> Promql.confinedSelector(s, label, value)).toList();
  }

  /** Returns a result whose rows all say where they come from, whatever the query made of them. */
  QueryResult labelled(QueryResult result) {
    if (only.isEmpty()) {
      return result;
    }
    return switch (result) {
      case QueryResult.Vector(List<LabelledSample> rows) ->
          new QueryResult.Vector(
              rows.stream()
                  .map(row -> new LabelledSample(labelled(row.labels()), row.sample()))
                  .toList());
      case QueryResult.Matrix(List<LabelledSeries> rows) ->
          new QueryResult.Matrix(
              rows.stream()
                  .map(row -> new LabelledSeries(labelled(row.labels()), row.samples()))
                  .toList());
      case QueryResult.Scalar scalar -> scalar;
    };
  }

  private Map<String, String> labelled(Map<String, String> labels) {
    Map<String, String> labelled = new HashMap<>(labels);
    only.ifPresent(label -> labelled.put(label.getKey(), label.getValue()));
    return labelled;
  }
}
