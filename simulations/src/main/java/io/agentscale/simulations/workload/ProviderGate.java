// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/** A provider's quota in use during a replay: how long it keeps runs waiting now. */
public final class ProviderGate {
  private static final double MINUTE = 60;

  private final ProviderLimit limit;
  private final double perSecond;
  private double left;
  private double used;
  private double at;

  public ProviderGate(ProviderLimit limit) {
    this.limit = limit;
    perSecond = limit.tokensPerMinute() / MINUTE;
    left = limit.tokensPerMinute();
  }

  /** Takes tokens and returns how many seconds the run waits for them, 0 within the quota. */
  public double take(double now, double tokens) {
    pass(now);
    left -= tokens;
    used += tokens;
    return waitSeconds(now);
  }

  /** Returns how many seconds the last run that took tokens still waits for them. */
  public double waitSeconds(double now) {
    pass(now);
    return left >= 0 ? 0 : -left / perSecond;
  }

  /** Returns how many times as long answers take now, at least 1. */
  public double stretch(double now) {
    pass(now);
    return limit.stretch(used / limit.tokensPerMinute());
  }

  /** The minute's use fades, so that what was used a minute ago counts a third. */
  private void pass(double now) {
    double passed = now - at;
    if (passed > 0) {
      left = Math.min(limit.tokensPerMinute(), left + passed * perSecond);
      used *= Math.exp(-passed / MINUTE);
      at = now;
    }
  }
}
