// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * One way of forecasting a root {@code h} steps ahead, learning from each bucket that becomes
 * known.
 */
interface Expert {

  /** Tells whether there is history enough to forecast from origin {@code t}. */
  boolean isAwake(long t);

  /** Returns the forecast root of bucket {@code t + h}. */
  double predict(History history, long t);

  /** Learns from what bucket {@code t + h} turned out to be. */
  void learn(History history, long t);

  void archive(Archive archive);

  /** "As now": what any forecast must beat. */
  record Naive() implements Expert {
    @Override
    public boolean isAwake(long t) {
      return t >= 0;
    }

    @Override
    public double predict(History history, long t) {
      return history.root(t);
    }

    @Override
    public void learn(History history, long t) {}

    @Override
    public void archive(Archive archive) {}
  }
}
