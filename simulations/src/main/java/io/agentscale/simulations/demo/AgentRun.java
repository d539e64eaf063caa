// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * One run of an agent: a chain of equally long turns, each ending with a model's answer.
 *
 * @param turn how long one turn takes
 * @param turns how many turns it takes, at least 1
 * @param promptTokens sent in each turn
 * @param completionTokens received in each turn
 * @param fails whether it ends in an error
 */
record AgentRun(Duration turn, int turns, int promptTokens, int completionTokens, boolean fails) {
  private static final Duration MEDIAN = Duration.ofSeconds(60);
  private static final double SIGMA = 0.6;

  /** How long a run takes on the average: that of a lognormal distribution. */
  static final Duration MEAN =
      Duration.ofMillis(Math.round(MEDIAN.toMillis() * Math.exp(SIGMA * SIGMA / 2)));

  private static final double FAILING = 0.02;

  static AgentRun draw(SplittableRandom random) {
    Duration duration = Draw.lognormal(random, MEDIAN, SIGMA);
    int turns = random.nextInt(2, 7);
    return new AgentRun(
        duration.dividedBy(turns),
        turns,
        random.nextInt(400, 1600),
        random.nextInt(60, 400),
        random.nextDouble() < FAILING);
  }

  Duration duration() {
    return turn.multipliedBy(turns);
  }
}
