// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a query came to.
 *
 * @param rows all of them
 * @param labelled whether they have labels to speak of; a scalar has none
 */
record Rows(List<Row> rows, boolean labelled) {

  /**
   * Reads the result of a query for objects.
   *
   * @throws IllegalStateException if it is no vector
   */
  static Rows ofVector(QueryResult result) {
    if (!(result instanceof QueryResult.Vector vector)) {
      throw new IllegalStateException(
          "its query must give an instant vector, gave a "
              + result.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
    List<Row> rows = new ArrayList<>(vector.rows().size());
    for (LabelledSample sample : vector.rows()) {
      rows.add(new Row(sample.labels(), sample.sample().value(), sample.sample().at()));
    }
    return new Rows(rows, true);
  }

  /**
   * Reads the result of a query for an external metric.
   *
   * @throws IllegalStateException if it is neither a vector nor a scalar
   */
  static Rows of(QueryResult result) {
    return result instanceof QueryResult.Scalar(var sample)
        ? new Rows(List.of(new Row(Map.of(), sample.value(), sample.at())), false)
        : ofVector(result);
  }
}
