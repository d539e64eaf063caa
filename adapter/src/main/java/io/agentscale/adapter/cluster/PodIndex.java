// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import java.util.List;

/** The pods that can be talked to, answered from memory. */
public interface PodIndex {

  /** All pods, ordered by namespace and name; those without an address too. */
  List<Pod> pods();

  /** Tells whether the pods are known yet; until then an absence means nothing. */
  boolean arePodsSynced();
}
