// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Dates on which a schedule's windows do not begin. */
public sealed interface Exclusion {
  String CALENDAR_PREFIX = "calendar:";

  /** The dates from the first to the last, both included. */
  record Days(LocalDate first, LocalDate last) implements Exclusion {
    public Days {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(
            "must be a range whose first date is not after its last, was: " + first + "/" + last);
      }
    }

    @Override
    public String toString() {
      return first.equals(last) ? first.toString() : first + "/" + last;
    }
  }

  /** The dates of a calendar known by name. */
  record Calendar(String name) implements Exclusion {
    @Override
    public String toString() {
      return CALENDAR_PREFIX + name;
    }
  }

  /**
   * Reads {@code 2026-10-01}, {@code 2026-10-01/2026-10-07} (both included) or {@code
   * calendar:NAME}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Exclusion parse(String text) {
    if (text.startsWith(CALENDAR_PREFIX) && text.length() > CALENDAR_PREFIX.length()) {
      return new Calendar(text.substring(CALENDAR_PREFIX.length()).strip());
    }
    int slash = text.indexOf('/');
    LocalDate first;
    LocalDate last;
    try {
      first = LocalDate.parse(slash < 0 ? text : text.substring(0, slash));
      last = slash < 0 ? first : LocalDate.parse(text.substring(slash + 1));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a date such as 2026-10-01, a range such as 2026-10-01/2026-10-07 or"
              + " calendar:NAME, was: "
              + text,
          e);
    }
    return new Days(first, last);
  }
}
