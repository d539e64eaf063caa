// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.LocalDate;
import java.time.ZoneId;

/** A set of dates with a name, such as a country's public holidays. It always answers alike. */
@FunctionalInterface
public interface HolidayCalendar {

  /** Tells whether a date, as counted in that zone, is in the calendar. */
  boolean contains(LocalDate date, ZoneId zone);
}
