// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of one column.
 *
 * <p>What the column holds is told by its header and its first value, and holds for all of it: ISO
 * dates and times (a space may stand for the T; without an offset they are UTC), or numbers.
 * Numbers from 3e8 are seconds since 1970, from 1e11 milliseconds, from 1e14 microseconds, from
 * 1e17 nanoseconds; smaller ones are offsets from the beginning of the trace, in seconds, or in
 * milliseconds where the header ends with {@code _ms} or {@code millis}.
 */
public final class Timestamp {
  static final String RULE = "a time such as 2026-01-31T09:00:00Z, seconds or milliseconds";

  private static final double LARGEST_MICROS = 9e18;
  private static final int SECONDS_END = "2026-01-31T09:00:00".length();

  private final boolean isInMillis;
  private double microsPerUnit = Double.NaN;
  private boolean isIso;
  private boolean isOffset;
  private int lastDate = -1;
  private long lastDateMicros;

  private Timestamp(boolean isInMillis) {
    this.isInMillis = isInMillis;
  }

  /** Times under a header. */
  public static Timestamp under(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return new Timestamp(name.equals("ms") || name.endsWith("_ms") || name.endsWith("millis"));
  }

  /** Offsets in milliseconds, whatever their size. */
  public static Timestamp offsetMillis() {
    Timestamp times = new Timestamp(true);
    times.microsPerUnit = 1e3;
    times.isOffset = true;
    return times;
  }

  /** Tells whether the column counts from the trace's beginning; known after the first value. */
  boolean isOffset() {
    return isOffset;
  }

  /**
   * Returns the time in microseconds.
   *
   * @throws IllegalArgumentException if it is none
   */
  long micros(char[] text, int from, int length) {
    if (isIso) {
      return iso(text, from, length);
    }
    if (Double.isNaN(microsPerUnit)) {
      return first(text, from, length);
    }
    return scaled(Decimal.parse(text, from, length));
  }

  private long first(char[] text, int from, int length) {
    @Nullable Double number = null;
    try {
      number = Decimal.parse(text, from, length);
    } catch (NumberFormatException e) {
      // A date, or nothing at all: its reader says which.
    }
    if (number == null) {
      long micros = iso(text, from, length);
      isIso = true;
      return micros;
    }
    double unit = unit(Math.abs(number));
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    microsPerUnit = unit;
    return scaled(number);
  }

  private double unit(double size) {
    isOffset = size < 3e8 || (isInMillis && size < 1e11);
    if (isOffset) {
      return isInMillis ? 1e3 : 1e6;
    }
    if (size < 1e11) {
      return 1e6;
    }
    if (size < 1e14) {
      return 1e3;
    }
    return size < 1e17 ? 1 : 1e-3;
  }

  private long scaled(double number) {
    double micros = number * microsPerUnit;
    if (!(Math.abs(micros) < LARGEST_MICROS)) {
      throw new IllegalArgumentException("not a time");
    }
    return Math.round(micros);
  }

  /** Reads the usual spelling in place, any other by the JDK. */
  private long iso(char[] text, int from, int length) {
    if (length < SECONDS_END || !isPunctuated(text, from)) {
      return anyIso(new String(text, from, length).strip());
    }
    int end = from + length;
    long second = secondOfDay(text, from);
    int fractionEnd = fractionEnd(text, from + SECONDS_END, end);
    boolean isUtc = fractionEnd == end || (fractionEnd == end - 1 && text[fractionEnd] == 'Z');
    if (second < 0 || !isUtc) {
      return anyIso(new String(text, from, length).strip());
    }
    long fraction = fractionMicros(text, from + SECONDS_END + 1, fractionEnd);
    return dateMicros(text, from) + second * 1_000_000 + fraction;
  }

  /** Returns a negative number for anything but a time of day. */
  private static long secondOfDay(char[] text, int from) {
    int hour = digits(text, from + 11, 2);
    int minute = digits(text, from + 14, 2);
    int second = digits(text, from + 17, 2);
    boolean isTime = hour <= 23 && minute <= 59 && second <= 59 && (hour | minute | second) >= 0;
    return isTime ? hour * 3600L + minute * 60L + second : -1;
  }

  private static int fractionEnd(char[] text, int from, int end) {
    int i = from;
    if (i < end && text[i] == '.') {
      i++;
      while (i < end && text[i] >= '0' && text[i] <= '9') {
        i++;
      }
    }
    return i;
  }

  private static long fractionMicros(char[] text, int from, int end) {
    long fraction = 0;
    long unit = 100_000;
    for (int i = from; i < end; i++) {
      fraction += (text[i] - '0') * unit;
      unit /= 10;
    }
    return fraction;
  }

  private static boolean isPunctuated(char[] text, int from) {
    return text[from + 4] == '-'
        && text[from + 7] == '-'
        && (text[from + 10] == 'T' || text[from + 10] == ' ')
        && text[from + 13] == ':'
        && text[from + 16] == ':';
  }

  private long dateMicros(char[] text, int from) {
    int year = digits(text, from, 4);
    int month = digits(text, from + 5, 2);
    int day = digits(text, from + 8, 2);
    int date = (year * 100 + month) * 100 + day;
    if (date != lastDate) {
      lastDateMicros = day(year, month, day) * 86_400_000_000L;
      lastDate = date;
    }
    return lastDateMicros;
  }

  private static long day(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a date", e);
    }
  }

  /** Returns a negative number for anything but digits. */
  private static int digits(char[] text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static long anyIso(String text) {
    try {
      String spelt = text.replace(' ', 'T');
      int t = spelt.indexOf('T');
      if (t < 0) {
        return micros(LocalDate.parse(spelt).atStartOfDay());
      }
      String clock = spelt.substring(t);
      boolean hasOffset = clock.endsWith("Z") || clock.indexOf('+') > 0 || clock.indexOf('-') > 0;
      return micros(
          hasOffset
              ? OffsetDateTime.parse(spelt).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
              : LocalDateTime.parse(spelt));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time", e);
    }
  }

  private static long micros(LocalDateTime utc) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, utc.toInstant(ZoneOffset.UTC));
  }
}
