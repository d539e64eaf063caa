// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as schedules write them: {@code 9h}, {@code 1h30m}, {@code 14d}. */
public final class Spans {
  private static final Pattern SPAN =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  private Spans() {}

  /**
   * Reads days, hours, minutes and seconds, each at most once and in this order.
   *
   * @throws IllegalArgumentException if the text is not such a length
   */
  public static Duration parse(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a length of time such as 9h, 1h30m or 14d, was: " + text);
    }
    return Duration.ofDays(number(matcher, 1))
        .plusHours(number(matcher, 2))
        .plusMinutes(number(matcher, 3))
        .plusSeconds(number(matcher, 4));
  }

  /** Returns the length in the same form, whole days only above two. */
  public static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    long days = duration.toDays() > 2 ? duration.toDays() : 0;
    Duration rest = duration.minusDays(days);
    return part(days, "d")
        + part(rest.toHours(), "h")
        + part(rest.toMinutesPart(), "m")
        + part(rest.toSecondsPart(), "s");
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }
}
