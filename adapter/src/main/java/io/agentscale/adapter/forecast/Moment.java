// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads the time of a row: seconds, or an ISO date and time, with a space allowed for its T.
 *
 * <p>A number above 10^11 is milliseconds, since as seconds it would lie past the year 5000. A date
 * and time without an offset is taken as UTC: only distances matter to a forecast.
 */
final class Moment {
  private static final double LARGEST_SECONDS = 1e11;

  private Moment() {}

  /**
   * Returns seconds since the epoch, or since the series' own beginning.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static double seconds(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.indexOf('-') > 0 && trimmed.indexOf('e') < 0) {
        return ofIso(trimmed.replace(' ', 'T'));
      }
      double number = Double.parseDouble(trimmed);
      if (Double.isFinite(number)) {
        return Math.abs(number) > LARGEST_SECONDS ? number / 1000 : number;
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(message(text), e);
    }
    throw new IllegalArgumentException(message(text));
  }

  private static String message(String text) {
    return "time: must be seconds or like 2026-01-31T09:00:00, was: '" + text + "'";
  }

  private static double ofIso(String text) {
    int t = text.indexOf('T');
    if (t < 0) {
      return LocalDate.parse(text).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }
    String clock = text.substring(t);
    boolean hasOffset = clock.endsWith("Z") || clock.indexOf('+') > 0 || clock.indexOf('-') > 0;
    var local =
        hasOffset
            ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
            : LocalDateTime.parse(text);
    return local.toInstant(ZoneOffset.UTC).toEpochMilli() / 1000.0;
  }
}
