// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

/** How the demo tells what it sees. */
interface DemoView {

  /** Tells where the adapter serves, once. */
  void started(DemoAdapter adapter, String firstPod);

  /** Tells one snapshot. */
  void show(DemoSnapshot snapshot);

  /** Tells what came of it all, once. */
  void ended(LoopState loop);
}
