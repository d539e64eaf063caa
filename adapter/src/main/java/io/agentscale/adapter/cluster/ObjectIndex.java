// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Optional;

/** The objects of the cluster, answered from memory: reads never cost a call to the API server. */
public interface ObjectIndex {

  /**
   * Objects of a kind, in one namespace or (absent) in all, whose labels match; ordered by name.
   */
  List<ClusterObject> select(ResourceKind kind, Optional<String> namespace, LabelSelector selector);

  /** Tells whether the objects of that kind are known yet; until then an absence means nothing. */
  boolean isSynced(ResourceKind kind);
}
