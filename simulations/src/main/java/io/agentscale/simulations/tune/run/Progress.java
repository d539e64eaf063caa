// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

/** Hears how far a tuning is. */
@FunctionalInterface
public interface Progress {
  /** What a tuning does, one after the other. */
  enum Work {
    SEARCH("evaluations"),
    VERIFY("replays to verify"),
    JUDGE("replays with days not seen");

    private final String text;

    Work(String text) {
      this.text = text;
    }

    /** Returns what is counted, for people. */
    public String text() {
      return text;
    }
  }

  /** So many of the work's parts are done; 0 as it begins. */
  void reached(Work work, int done, int total);
}
