// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import java.time.Duration;

/** What makes a run late. */
public sealed interface Slo {

  /**
   * A run is late if it takes longer, waiting outside pods included.
   *
   * @param within the longest time allowed
   */
  record Latency(Duration within) implements Slo {
    public Latency {
      if (!within.isPositive()) {
        throw new IllegalArgumentException("within: must be above 0 s, was: " + within);
      }
    }
  }

  /**
   * A run counts as late if it arrives while pods have more runs each, or while any run waits: a
   * stand-in for latency where that is not modelled.
   *
   * @param runsPerPod the most runs each serving pod may have on average
   */
  record Crowded(double runsPerPod) implements Slo {
    public Crowded {
      if (!(runsPerPod > 0)) {
        throw new IllegalArgumentException("runsPerPod: must be above 0, was: " + runsPerPod);
      }
    }
  }
}
