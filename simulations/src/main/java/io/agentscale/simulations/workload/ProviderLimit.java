// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/**
 * A model provider's limit: tokens per minute, and answers that slow down near it.
 *
 * <p>Of the share {@code u} of the quota used in the last minute, answers take {@code 1 + slowdown
 * x ((u - knee) / (1 - knee))^2} times as long above the knee. Runs that would use more than the
 * quota wait until it has filled up again, which it does evenly, up to one minute's worth.
 *
 * @param tokensPerMinute the quota
 * @param knee the share of it from which answers slow down
 * @param slowdown how much longer answers take with the quota all used; 1 doubles them
 */
public record ProviderLimit(double tokensPerMinute, double knee, double slowdown) {
  public ProviderLimit {
    if (!(tokensPerMinute > 0 && Double.isFinite(tokensPerMinute))) {
      throw new IllegalArgumentException(
          "tokensPerMinute: must be above 0, was: " + tokensPerMinute);
    }
    if (!(knee >= 0 && knee < 1)) {
      throw new IllegalArgumentException("knee: must be in [0, 1), was: " + knee);
    }
    if (!(slowdown >= 0 && Double.isFinite(slowdown))) {
      throw new IllegalArgumentException("slowdown: must be at least 0, was: " + slowdown);
    }
  }

  /** Returns a quota that slows answers down from 80 % on, to twice the time at 100 %. */
  public static ProviderLimit of(double tokensPerMinute) {
    return new ProviderLimit(tokensPerMinute, 0.8, 1);
  }

  double stretch(double share) {
    double above = Math.clamp((share - knee) / (1 - knee), 0, 1);
    return 1 + slowdown * above * above;
  }
}
