// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One window of a schedule, at or after its start and before its end.
 *
 * <p>Where the zone's clocks change:
 *
 * <ul>
 *   <li>a start or end inside a gap means the first instant after the gap;
 *   <li>a start or end in an overlap happens once, at the earlier offset;
 *   <li>a duration is read off the wall clock, from the wall-clock time the window really began at,
 *       so a moved start keeps its full length; after a start given as an instant it is elapsed
 *       time;
 *   <li>a window from a start to an {@code end} cron that lies wholly inside a gap does not happen,
 *       nor does one whose date the zone leaves out.
 * </ul>
 *
 * @param nominalStart the wall-clock time the schedule names
 * @param nominalEnd the wall-clock time of its end
 * @param start when it begins
 * @param end when it is over; equal to the start if the clocks jump over the whole window
 * @param excludedBy why it does not happen, if it is excluded
 */
public record Occurrence(
    LocalDateTime nominalStart,
    LocalDateTime nominalEnd,
    Instant start,
    Instant end,
    Optional<Exclusion> excludedBy) {

  /** Returns how long it lasts. */
  public Duration elapsed() {
    return Duration.between(start, end);
  }
}
