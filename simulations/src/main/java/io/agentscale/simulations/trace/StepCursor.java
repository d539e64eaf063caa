// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

/** The part common to cursors over steps: where they are, and what is known there. */
public abstract class StepCursor implements RateCursor {
  private final long firstMillis;
  private final long stepMillis;
  private long index = -1;
  private double rate = Double.NaN;

  /** Begins before the first step. */
  protected StepCursor(long firstMillis, long stepMillis) {
    this.firstMillis = firstMillis;
    this.stepMillis = stepMillis;
  }

  /** Moves to the next step, whose rate is known. */
  protected final boolean known(double requestsPerSecond) {
    index++;
    rate = requestsPerSecond;
    return true;
  }

  /** Moves to the next step, whose rate is not known. */
  protected final boolean unknown() {
    index++;
    rate = Double.NaN;
    return true;
  }

  /** Returns how many steps have been moved to. */
  protected final long moved() {
    return index + 1;
  }

  @Override
  public final long startMillis() {
    return firstMillis + index * stepMillis;
  }

  @Override
  public final boolean isKnown() {
    return !Double.isNaN(rate);
  }

  @Override
  public final double requestsPerSecond() {
    if (Double.isNaN(rate)) {
      throw new IllegalStateException("the rate of this step is unknown: ask isKnown first");
    }
    return rate;
  }

  @Override
  public void close() {}
}
