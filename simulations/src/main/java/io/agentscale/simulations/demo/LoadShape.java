// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How many runs arrive: a day's sine squeezed into minutes, with bursts on top.
 *
 * <p>The rate after {@code t} is {@code mean x (1 + swing x sin(2 pi t / day)) x burst}, where
 * {@code burst} is 1 outside a burst. The sine starts at its mean and rises, so that a demo begins
 * in the morning. Bursts come at exponentially distributed distances.
 *
 * @param meanRunsPerSecond over a day, without bursts
 * @param swing the day's amplitude, from 0 (flat) to 1 (silent at night)
 * @param day how long a compressed day lasts
 * @param burstFactor what a burst multiplies the rate by, at least 1
 * @param burstLength how long a burst lasts
 * @param meanCalm the mean time from a burst's end to the next one's begin
 */
record LoadShape(
    double meanRunsPerSecond,
    double swing,
    Duration day,
    double burstFactor,
    Duration burstLength,
    Duration meanCalm) {

  /**
   * Three agents of eight places: about half of them busy by the mean, all and a queue at noon, and
   * nearly none at night.
   */
  static final LoadShape COMPRESSED_DAY =
      new LoadShape(
          1.0, 0.8, Duration.ofMinutes(4), 2.5, Duration.ofSeconds(8), Duration.ofSeconds(40));

  LoadShape {
    require(meanRunsPerSecond > 0, "meanRunsPerSecond: must be positive", meanRunsPerSecond);
    require(swing >= 0 && swing <= 1, "swing: must be in [0, 1]", swing);
    require(day.isPositive(), "day: must be positive", day);
    require(burstFactor >= 1, "burstFactor: must be at least 1", burstFactor);
    require(burstLength.isPositive(), "burstLength: must be positive", burstLength);
    require(meanCalm.isPositive(), "meanCalm: must be positive", meanCalm);
  }

  /** Returns a rate that no moment exceeds. */
  double highestRunsPerSecond() {
    return meanRunsPerSecond * (1 + swing) * burstFactor;
  }

  /** Returns the rate without bursts, that long after the start. */
  double calmRunsPerSecond(Duration sinceStart) {
    double days = seconds(sinceStart) / seconds(day);
    return meanRunsPerSecond * (1 + swing * Math.sin(2 * Math.PI * days));
  }

  /** Draws how long the calm before the next burst lasts. */
  Duration drawCalm(SplittableRandom random) {
    return Draw.exponential(random, meanCalm);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void require(boolean valid, String rule, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(rule + ", was: " + value);
    }
  }
}
