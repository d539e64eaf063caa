// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.replay.cluster.PodListener;

/** The part of a replay that moves runs, as the part that moves pods sees it. */
public interface DataPlane extends PodListener {
  /** Returns the runs in pods that serve. */
  double runsServed();

  /** Returns the runs in pods that drain. */
  double runsDraining();

  /** Returns the runs waiting outside pods. */
  double runsWaiting();

  /** Returns the core-seconds pods that serve have used since this was last asked. */
  double takeBusyCoreSeconds(double now);

  /** Returns how many runs have arrived since the start. */
  double arrived();

  /** Returns how many tokens have been used since the start. */
  double tokens();

  /** Returns how many runs have been late since scoring began, those still there included. */
  double late(double now);

  /** Scoring begins: what was counted so far does not count. */
  void beginScoring(double now);
}
