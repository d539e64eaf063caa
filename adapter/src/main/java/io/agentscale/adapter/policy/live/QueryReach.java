// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.promql.Promql;
import java.util.function.Supplier;

/** Which series the queries of policies may read. */
public interface QueryReach {
  /** All series there are: whoever writes the policies may read them anyway. */
  QueryReach ALL = (_, promql) -> promql;

  /**
   * Those of each policy's own namespace: whoever may write a policy there need not see others'.
   *
   * @param label names the namespace in Prometheus
   */
  static QueryReach ofNamespaces(Supplier<String> label) {
    return (policy, promql) -> Promql.confined(promql, label.get(), policy.namespace());
  }

  /**
   * Returns what to ask in place of a policy's query.
   *
   * @throws io.agentscale.adapter.promql.PromqlException if its reach cannot be told
   */
  String query(PolicyKey policy, String promql);
}
