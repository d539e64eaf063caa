// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The clock on the wall of a zone, which jumps and repeats itself where offsets change.
 *
 * <p>Its times map to instants without ever going back: a time in a gap to the first instant after
 * the gap, a time that comes twice to the first of the two.
 */
record WallClock(ZoneId zone) {

  Instant instant(LocalDateTime time) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(time).getInstant()
        : time.toInstant(offsets.getFirst());
  }

  LocalDateTime time(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  boolean skips(LocalDateTime time) {
    return zone.getRules().getValidOffsets(time).isEmpty();
  }

  boolean repeats(LocalDateTime time) {
    return zone.getRules().getValidOffsets(time).size() > 1;
  }

  /** Tells whether the zone left a whole date out, as Samoa did on 2011-12-30. */
  boolean skips(LocalDate date) {
    return !date.atStartOfDay(zone).toLocalDate().equals(date);
  }
}
