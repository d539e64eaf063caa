// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

/** The engine's side of the fleet: what happens to its pods, each known by a small number. */
public interface PodListener {
  /** The pod takes runs from now on. */
  void serve(double now, int pod);

  /**
   * The pod takes no more runs and finishes those it has; the engine calls {@link Fleet#gone} once
   * they are done.
   */
  void drain(double now, int pod);

  /** The pod's grace is over: runs left are killed, and it is gone. */
  void kill(double now, int pod);

  /** Returns how many runs the pod has. */
  double runs(int pod);
}
