// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A five-field cron expression: minute, hour, day of month, month, day of week.
 *
 * <p>It speaks of wall-clock times and knows no zone. Where both the day of the month and the day
 * of the week are restricted, either is enough, as in Kubernetes CronJobs. The syntax is read by
 * cron-utils; the search is ours, because it must go backwards too and end for dates that never
 * come.
 */
public final class Cron {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Leap days are at most eight years apart (1896 to 1904, 2096 to 2104). */
  private static final int SEARCH_YEARS = 9;

  private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

  private final com.cronutils.model.Cron parsed;
  private final String text;
  private final long minutes;
  private final long hours;
  private final long daysOfMonth;
  private final long months;
  private final long daysOfWeek;
  private final boolean eitherDay;
  private final boolean fires;

  private Cron(com.cronutils.model.Cron parsed, String text) {
    this.parsed = parsed;
    this.text = text;
    minutes = CronField.MINUTE.bits(parsed);
    hours = CronField.HOUR.bits(parsed);
    daysOfMonth = CronField.DAY_OF_MONTH.bits(parsed);
    months = CronField.MONTH.bits(parsed);
    daysOfWeek = CronField.DAY_OF_WEEK.bits(parsed);
    eitherDay =
        CronField.DAY_OF_MONTH.isRestricted(parsed) && CronField.DAY_OF_WEEK.isRestricted(parsed);
    fires = nextOrSame(SOME_DAY.atStartOfDay()).isPresent();
  }

  /**
   * Reads an expression such as {@code 0 9 * * MON-FRI}.
   *
   * @throws IllegalArgumentException saying what is wrong, if it is not one
   */
  public static Cron parse(String text) {
    try {
      return new Cron(PARSER.parse(text), text.strip());
    } catch (IllegalArgumentException e) {
      String cause = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          "must be a five-field cron expression (minute hour day-of-month month day-of-week), was: "
              + text
              + " ("
              + cause.replace("Failed to parse cron expression. ", "")
              + ")",
          e);
    }
  }

  /** Tells whether it ever fires; {@code 0 0 30 2 *} does not. */
  public boolean fires() {
    return fires;
  }

  /** Returns it in words, such as "at 09:00 every day between Monday and Friday". */
  public String description() {
    return CronDescriptor.instance(Locale.ENGLISH).describe(parsed).strip();
  }

  /** Tells whether it fires in that minute. */
  public boolean matches(LocalDateTime time) {
    return matchesDay(time.toLocalDate())
        && has(hours, time.getHour())
        && has(minutes, time.getMinute());
  }

  /** Returns the first firing at or after a time; empty if there is none. */
  public Optional<LocalDateTime> nextOrSame(LocalDateTime from) {
    LocalDateTime start = from.truncatedTo(ChronoUnit.MINUTES);
    if (start.isBefore(from)) {
      start = start.plusMinutes(1);
    }
    LocalDate first = start.toLocalDate();
    LocalDate limit = first.plusYears(SEARCH_YEARS);
    for (LocalDate day = nextDay(first, limit);
        day.isBefore(limit);
        day = nextDay(day.plusDays(1), limit)) {
      int time = timeFrom(day.equals(first) ? start.toLocalTime() : LocalTime.MIN);
      if (time >= 0) {
        return Optional.of(day.atTime(time / 60, time % 60));
      }
    }
    return Optional.empty();
  }

  /** Returns the last firing at or before a time; empty if there is none. */
  public Optional<LocalDateTime> previousOrSame(LocalDateTime from) {
    LocalDate last = from.toLocalDate();
    LocalDate limit = last.minusYears(SEARCH_YEARS);
    for (LocalDate day = last; day.isAfter(limit); day = day.minusDays(1)) {
      if (matchesDay(day)) {
        int time = timeUpTo(day.equals(last) ? from.toLocalTime() : LocalTime.MAX);
        if (time >= 0) {
          return Optional.of(day.atTime(time / 60, time % 60));
        }
      }
    }
    return Optional.empty();
  }

  private LocalDate nextDay(LocalDate from, LocalDate limit) {
    LocalDate day = from;
    while (day.isBefore(limit) && !matchesDay(day)) {
      day =
          has(months, day.getMonthValue()) ? day.plusDays(1) : day.withDayOfMonth(1).plusMonths(1);
    }
    return day;
  }

  private boolean matchesDay(LocalDate day) {
    if (!has(months, day.getMonthValue())) {
      return false;
    }
    boolean ofMonth = has(daysOfMonth, day.getDayOfMonth());
    boolean ofWeek = has(daysOfWeek, day.getDayOfWeek().getValue() % 7);
    return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
  }

  /** Returns the minute of the day of the first match not before a time, or -1. */
  private int timeFrom(LocalTime from) {
    if (has(hours, from.getHour())) {
      long left = minutes & (-1L << from.getMinute());
      if (left != 0) {
        return from.getHour() * 60 + Long.numberOfTrailingZeros(left);
      }
    }
    long later = from.getHour() == 23 ? 0 : hours & (-1L << (from.getHour() + 1));
    return later == 0
        ? -1
        : Long.numberOfTrailingZeros(later) * 60 + Long.numberOfTrailingZeros(minutes);
  }

  /** Returns the minute of the day of the last match not after a time, or -1. */
  private int timeUpTo(LocalTime to) {
    if (has(hours, to.getHour())) {
      long left = minutes & ((1L << (to.getMinute() + 1)) - 1);
      if (left != 0) {
        return to.getHour() * 60 + highest(left);
      }
    }
    long earlier = hours & ((1L << to.getHour()) - 1);
    return earlier == 0 ? -1 : highest(earlier) * 60 + highest(minutes);
  }

  private static int highest(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }

  private static boolean has(long bits, int value) {
    return (bits >>> value & 1) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron && text.equals(cron.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
