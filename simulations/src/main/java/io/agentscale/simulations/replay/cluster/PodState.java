// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

/** Where a pod is between creation and end. */
public enum PodState {
  /** There is no such pod. */
  FREE(0),
  /** Created, and no node has room. */
  UNSCHEDULED(1),
  /** On a node, pulling its image. */
  PENDING(2),
  /** Running, not Ready. */
  LOADING(3),
  /** Ready, and runs do not reach it yet. */
  READY(4),
  /** Ready, taking runs. */
  SERVING(5),
  /** Deleted, finishing its runs. */
  DRAINING(6),
  /** Asked for, and not created yet. */
  WANTED(7);

  private final int index;

  PodState(int index) {
    this.index = index;
  }

  /** Returns its place in arrays. */
  int index() {
    return index;
  }

  boolean isReplica() {
    return this != FREE && this != DRAINING;
  }

  boolean isReady() {
    return this == READY || this == SERVING;
  }
}
