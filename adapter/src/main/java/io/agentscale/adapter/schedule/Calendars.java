// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import io.agentscale.core.schedule.HolidayCalendar;
import java.util.Map;
import java.util.TreeSet;

/** The calendars that the schedules of one namespace may exclude dates by. */
@FunctionalInterface
public interface Calendars {

  /**
   * Returns the calendar of a name.
   *
   * @throws IllegalArgumentException saying why there is none, in the form "must be RULE, was:
   *     NAME"
   */
  HolidayCalendar named(String name);

  /** Returns calendars that are all known. */
  static Calendars of(Map<String, ? extends HolidayCalendar> calendars) {
    Map<String, HolidayCalendar> known = Map.copyOf(calendars);
    return name -> {
      HolidayCalendar calendar = known.get(name);
      if (calendar == null) {
        throw new IllegalArgumentException(
            "must name a known calendar (%s), was: %s"
                .formatted(
                    known.isEmpty()
                        ? "none is given"
                        : String.join(", ", new TreeSet<>(known.keySet())),
                    name));
      }
      return calendar;
    };
  }
}
