// SPDX-License-Identifier: Apache-2.0

/**
 * Calendars of capacity: windows by cron or one-off date in their own time zone, and what they ask
 * for at any instant.
 *
 * <p>Four rules hold everywhere:
 *
 * <ul>
 *   <li><b>State, not edges.</b> {@link SchedulePlan#at} is a function of the schedules and the
 *       instant; nothing that happened, or was missed, before that instant matters.
 *   <li><b>Windows follow the wall clock</b> of the schedule's zone and are half-open: the start
 *       belongs to the window, the end does not. A wall-clock time inside a gap means the first
 *       instant after the gap; one in an overlap happens once, at the earlier offset. {@link
 *       Occurrence} has the whole of it.
 *   <li><b>Ramps err on the side of capacity.</b> A floor rises before its window and falls after
 *       it, so that it holds fully from start to end; a ceiling comes down after its start and is
 *       lifted before its end, so that it never takes capacity early.
 *   <li><b>Overlaps resolve to one answer</b>: exact wins, else the highest floor and the lowest
 *       ceiling; a floor above a ceiling, and two different exacts, resolve to the larger number
 *       and are reported.
 * </ul>
 */
@NullMarked
package io.agentscale.core.schedule;

import org.jspecify.annotations.NullMarked;
