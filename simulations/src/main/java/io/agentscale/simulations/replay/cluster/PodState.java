// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

/** Where a pod is between creation and end. */
public enum PodState {
  /** There is no such pod. */
  FREE,
  /** Created, and no node has room. */
  UNSCHEDULED,
  /** On a node, pulling its image. */
  PENDING,
  /** Running, not Ready. */
  LOADING,
  /** Ready, and runs do not reach it yet. */
  READY,
  /** Ready, taking runs. */
  SERVING,
  /** Deleted, finishing its runs. */
  DRAINING;

  boolean isReplica() {
    return this != FREE && this != DRAINING;
  }

  boolean isReady() {
    return this == READY || this == SERVING;
  }
}
