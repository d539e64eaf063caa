// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Instant;
import java.util.List;

/**
 * An instant at which schedules begin, end, or reach the end of a ramp.
 *
 * @param at when
 * @param changes what happens then, in the order of the plan
 * @param bounds what holds from then on (on a ramp: what it starts from)
 */
public record Transition(Instant at, List<Change> changes, ScheduledBounds bounds) {
  public Transition {
    changes = List.copyOf(changes);
  }

  /** What happens to one schedule. */
  public record Change(String schedule, Event event) {}

  /** The corners of a window and its ramps. */
  public enum Event {
    /** A floor, exact or demand begins to rise towards its window. */
    RAMP_UP,
    /** The window begins. */
    START,
    /** A ceiling has come down all the way. */
    CEILING_REACHED,
    /** A ceiling begins to be lifted. */
    CEILING_LIFTING,
    /** The window is over. */
    END,
    /** A floor, exact or demand has come back from its window. */
    RAMP_DOWN_DONE
  }
}
