// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import io.agentscale.simulations.score.Score.Waiting;

/** The longest line of runs that wait outside pods, and the longest wait in it. */
public final class WaitMeter {
  private double most;
  private double longestSeconds;

  /** So many runs wait now. */
  public void waiting(double runs) {
    most = Math.max(most, runs);
  }

  /** A run has waited as long, whether or not its wait is over. */
  public void waited(double seconds) {
    longestSeconds = Math.max(longestSeconds, seconds);
  }

  /** Forgets what was measured so far. */
  public void clear() {
    most = 0;
    longestSeconds = 0;
  }

  public Waiting summary() {
    return new Waiting(most, longestSeconds * 1000);
  }
}
