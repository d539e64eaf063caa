// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.apiservice.provider.Answer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One question on its way to Prometheus: how it can be asked, and what becomes of the rows.
 *
 * @param rule it is asked by
 * @param batch the question for all objects that answers it too, if there is one
 * @param alone the question by itself
 * @param ofAlone its rows in the answer to itself
 * @param ofAll its rows in the answer to the batch
 * @param answers makes the answer
 */
record Inquiry<T>(
    Rule rule,
    Optional<Batch> batch,
    Supplier<QueryPlan> alone,
    Function<QueryResult, Rows> ofAlone,
    Function<BatchedRows, Rows> ofAll,
    Maker<T> answers) {

  /** Makes an answer of rows. */
  interface Maker<T> {
    /**
     * Returns the answer.
     *
     * @param fetched what the rows come from
     */
    Answer<T> of(Object fetched, Supplier<Rows> rows);
  }
}
