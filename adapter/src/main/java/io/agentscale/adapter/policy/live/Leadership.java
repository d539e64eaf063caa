// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

/** Whether this replica is the one that writes to the cluster. Cheap, and safe from any thread. */
@FunctionalInterface
public interface Leadership {
  /** That of a replica which has no others beside it. */
  Leadership ALONE = () -> true;

  /** Tells whether it is, at this moment. */
  boolean isHeld();
}
