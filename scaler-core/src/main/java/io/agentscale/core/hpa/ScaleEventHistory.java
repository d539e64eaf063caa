// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes an HPA made in one direction.
 *
 * <p>An event older than the longest period of its own direction is marked outdated, for good, when
 * the next one is recorded; a mark only offers the slot for reuse, sums go by the times alone.
 *
 * @param events in slot order
 */
public record ScaleEventHistory(List<ScaleEvent> events) {
  static final ScaleEventHistory NONE = new ScaleEventHistory(List.of());

  /**
   * One change of the replica count.
   *
   * @param change how many replicas came or went, without sign
   * @param at when
   * @param outdated whether the slot may be reused
   */
  public record ScaleEvent(int change, Instant at, boolean outdated) {}

  public ScaleEventHistory {
    events = List.copyOf(events);
  }

  /** Returns the sum of the changes after the cutoff. */
  int changeAfter(Instant cutoff) {
    int sum = 0;
    for (int i = 0; i < events.size(); i++) {
      ScaleEvent event = events.get(i);
      if (event.at.isAfter(cutoff)) {
        sum += event.change;
      }
    }
    return sum;
  }

  ScaleEventHistory with(int change, Instant now, Duration longestPeriod) {
    Instant cutoff = now.minus(longestPeriod);
    List<ScaleEvent> marked = new ArrayList<>(events.size() + 1);
    int slot = events.size();
    for (int i = 0; i < events.size(); i++) {
      ScaleEvent event = events.get(i);
      boolean outdated = event.outdated || event.at.isBefore(cutoff);
      marked.add(outdated ? new ScaleEvent(event.change, event.at, true) : event);
      slot = outdated ? i : slot;
    }
    ScaleEvent recorded = new ScaleEvent(change, now, false);
    if (slot < marked.size()) {
      marked.set(slot, recorded);
    } else {
      marked.add(recorded);
    }
    return new ScaleEventHistory(marked);
  }
}
