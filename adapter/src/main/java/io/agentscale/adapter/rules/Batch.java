// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.BatchedQuery.Times;
import java.util.Optional;

/**
 * A question for all objects of all namespaces at once.
 *
 * @param promql what Prometheus is asked
 * @param namespaceLabel names the namespace of a row; absent where all rows answer everybody
 * @param objectLabel names the object of a row; absent for external metrics
 * @param addsNamespace whether the namespace's label is not the rule's own, and is to be left out
 * @param times which value each time of the answer belongs to
 */
record Batch(
    String promql,
    Optional<String> namespaceLabel,
    Optional<String> objectLabel,
    boolean addsNamespace,
    Times times) {}
