// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** One way of forecasting a root some steps ahead, learning from each bucket that becomes known. */
interface Expert {

  /** Tells whether there is history enough to forecast from origin {@code t}. */
  boolean isAwake(long t);

  /** Returns the root to come, as foreseen from an origin. */
  double predict(OriginFeatures seen);

  /**
   * Learns what came.
   *
   * @param seen from the origin
   * @param root the outcome
   */
  void learn(OriginFeatures seen, double root);

  void archive(Archive archive);

  /** "As now": what any forecast must beat. */
  record Naive() implements Expert {
    @Override
    public boolean isAwake(long t) {
      return t >= 0;
    }

    @Override
    public double predict(OriginFeatures seen) {
      return seen.root();
    }

    @Override
    public void learn(OriginFeatures seen, double root) {}

    @Override
    public void archive(Archive archive) {}
  }
}
