// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

/**
 * Something in a valid plan that is probably not meant, or worth knowing.
 *
 * @param schedule the name of the schedule it is about; of the first, if of several
 * @param kind what it is
 * @param message the whole of it, for a person
 */
public record ScheduleWarning(String schedule, Kind kind, String message) {

  /** The kinds of warning. */
  public enum Kind {
    /** The start names a date that does not exist. */
    NEVER_TRUE,
    /** A one-off that is already over. */
    OVER,
    /** Every window falls on an excluded date. */
    EXCLUDED_ENTIRELY,
    /** The ramp is longer than the window. */
    SHORTER_THAN_RAMP,
    /** The bounds of the policy are as strict already. */
    NO_EFFECT,
    /** The clocks change at a start or end, or in between. */
    CLOCK_CHANGE,
    /** Schedules that contradict each other at one time. */
    CONFLICT
  }
}
