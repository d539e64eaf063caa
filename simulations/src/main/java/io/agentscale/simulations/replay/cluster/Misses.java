// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import java.util.Set;

/**
 * The pods one scrape has no sample of although they serve, by their {@linkplain Fleet#number
 * numbers}.
 *
 * @param gauges pods without a value of what they have
 * @param rates pods without a rate over the window
 */
public record Misses(Set<Long> gauges, Set<Long> rates) {
  /** Every pod that serves has its samples. */
  public static final Misses NONE = new Misses(Set.of(), Set.of());

  /** What a sample is made of, which says when there is none. */
  public enum Kind {
    /** The pod's latest value, or the mean of those in the gauge window. */
    GAUGE,
    /** The difference of values in the rate window, of which it takes two. */
    RATE
  }

  public Misses {
    gauges = Set.copyOf(gauges);
    rates = Set.copyOf(rates);
  }

  /** Returns the pods without a sample of a kind. */
  public Set<Long> of(Kind kind) {
    return switch (kind) {
      case GAUGE -> gauges;
      case RATE -> rates;
    };
  }
}
