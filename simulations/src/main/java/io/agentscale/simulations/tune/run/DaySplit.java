// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.transform.Window;
import io.agentscale.simulations.trace.transform.Window.Bound;
import java.time.Duration;
import java.util.Optional;

/**
 * Where traffic is divided: a search sees what comes before, and is judged by what comes after.
 *
 * @param training length of the part before
 * @param heldOut length of the part after
 * @param portion what the part before is scored in: a day, or a quarter of less than two
 */
record DaySplit(Duration training, Duration heldOut, Duration portion) {
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * Divides traffic, between whole days if there are at least two.
   *
   * @param share that the search does not see
   * @param warmUp of the scenario, which no part of the training is scored in
   * @throws IllegalArgumentException if nothing is left to be scored
   */
  static DaySplit of(Traffic traffic, double share, Duration warmUp) {
    Duration whole = Duration.between(traffic.start(), traffic.end());
    Duration training = Duration.ofSeconds(Math.round(whole.toSeconds() * (1 - share)));
    long days = whole.toDays();
    if (days >= 2) {
      long before = Math.clamp(Math.round(training.toSeconds() / 86_400.0), 1, days - 1);
      training = Duration.ofDays(before);
    }
    if (training.compareTo(warmUp) <= 0 || training.compareTo(whole) >= 0) {
      throw new IllegalArgumentException(
          "holdout: must leave traffic after the warm-up of %s to search on and some to judge by,"
                  .formatted(warmUp)
              + " was: %s of %s".formatted(training, whole));
    }
    Duration scored = training.minus(warmUp);
    Duration quarter = Duration.ofSeconds(Math.max(1, scored.toSeconds() / 4));
    boolean isLong = scored.compareTo(DAY.multipliedBy(2)) >= 0;
    return new DaySplit(training, whole.minus(training), isLong ? DAY : quarter);
  }

  /** Returns what the search sees. */
  Traffic training(Traffic traffic) {
    return part(traffic, Duration.ZERO, training);
  }

  /** Returns a part of traffic, between two distances from its start. */
  static Traffic part(Traffic traffic, Duration from, Duration to) {
    return new Window(Optional.of(new Bound.After(from)), Optional.of(new Bound.After(to)))
        .apply(traffic);
  }
}
