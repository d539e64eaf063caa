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
 */
public record Horizons(List<Duration> rungs) {
  private static final List<Duration> LADDER =
      Stream.of(1, 2, 5, 10, 20, 30, 60).map(Duration::ofMinutes).toList();

  public Horizons {
    rungs = List.copyOf(rungs);
  }

  /**
   * Returns the rung that covers a lead; for one that is measured the next one too, since the
   * measure moves.
   */
  public static Horizons of(Lead kind, Duration lead, Duration step) {
    List<Duration> ladder = LADDER.stream().filter(rung -> rung.compareTo(step) >= 0).toList();
    int first = 0;
    while (first < ladder.size() - 1 && ladder.get(first).compareTo(lead) < 0) {
      first++;
    }
    int last = kind instanceof Lead.Auto ? Math.min(first + 1, ladder.size() - 1) : first;
    return new Horizons(ladder.subList(first, last + 1));
  }

  /** Returns the rung that stands for a lead: the first that covers it, else the furthest. */
  public Duration standingFor(Duration lead) {
    return rungs.stream()
        .filter(rung -> rung.compareTo(lead) >= 0)
        .findFirst()
        .orElse(rungs.getLast());
  }

  /** Tells whether other horizons would stand closer to a lead. */
  boolean areOutgrownBy(Lead kind, Duration lead, Duration step) {
    return !rungs.contains(of(kind, lead, step).rungs.getFirst());
  }
}
