// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.apiservice.provider.Answer;

/** What a request comes to: a query, or the reason why there can be none. */
public sealed interface QueryPlan {

  /** Ask Prometheus this. */
  record Ask(String promql) implements QueryPlan {}

  /** The request cannot be answered. */
  record Refuse(Answer.Reason reason, String cause) implements QueryPlan {}
}
