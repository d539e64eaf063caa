// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Lead;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The horizons one forecaster has, rungs of a fixed ladder: a forecaster cannot be given another
 * one later, and each costs memory and learns by itself.
 *
 * @param rungs ascending
 * @param step the width of the forecaster's buckets
 */
public record Horizons(List<Duration> rungs, Duration step) {
  private static final List<Duration> LADDER =
      Stream.of(1, 2, 3, 5, 10, 20, 30, 60).map(Duration::ofMinutes).toList();

  public Horizons {
    rungs = List.copyOf(rungs);
  }

  /**
   * Returns the rung that covers a lead; for one that is measured the next one too, since the
   * measure moves.
   *
   * <p>A horizon ends so long after the newest complete bucket, and until the next one is complete
   * a whole step goes by: it covers the lead if it is a step longer.
   */
  public static Horizons of(Lead kind, Duration lead, Duration step) {
    List<Duration> ladder = LADDER.stream().filter(rung -> rung.compareTo(step) >= 0).toList();
    int first = 0;
    while (first < ladder.size() - 1 && !covers(ladder.get(first), lead, step)) {
      first++;
    }
    int last = kind instanceof Lead.Auto ? Math.min(first + 1, ladder.size() - 1) : first;
    return new Horizons(ladder.subList(first, last + 1), step);
  }

  /** A horizon counts in whole steps. */
  private static boolean covers(Duration rung, Duration lead, Duration step) {
    return step.multipliedBy(rung.dividedBy(step)).compareTo(lead.plus(step)) >= 0;
  }

  /** Returns the rung that stands for a lead: the first that covers it, else the furthest. */
  public Duration standingFor(Duration lead) {
    return rungs.stream()
        .filter(rung -> covers(rung, lead, step))
        .findFirst()
        .orElse(rungs.getLast());
  }

  /** Tells whether other horizons would stand closer to a lead. */
  boolean areOutgrownBy(Lead kind, Duration lead) {
    return !rungs.contains(of(kind, lead, step).rungs.getFirst());
  }
}
