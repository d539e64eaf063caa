// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Windows of time, and what is asked for inside them.
 *
 * @param name unique in its policy, a DNS label
 * @param timeZone whose wall clock {@code start}, {@code end} and the excluded dates are read off
 * @param start when windows begin
 * @param end when they are over
 * @param target what they ask for
 * @param ramp how long the way to the target and back takes, at most {@link #MAX_RAMP}; zero jumps
 * @param exclude dates, by the local date {@code start} names, on which no window begins; a window
 *     that began the evening before goes on
 */
public record Schedule(
    String name,
    ZoneId timeZone,
    Start start,
    End end,
    Target target,
    Duration ramp,
    List<Exclusion> exclude) {

  public static final Duration MAX_DURATION = Duration.ofDays(366);
  public static final Duration MAX_RAMP = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public Schedule {
    exclude = List.copyOf(exclude);
    require(
        NAME.matcher(name).matches(),
        "name",
        "must be 1 to 63 lower-case letters, digits or hyphens, was: " + name);
    require(
        TimeZones.isNamed(timeZone),
        "timeZone",
        "must be an IANA time zone such as Europe/Berlin, was: " + timeZone);
    switch (end) {
      case End.After(Duration duration) -> requireDuration(duration);
      case End.At(Cron cron) -> requireEnd(start, cron);
    }
    require(
        !ramp.isNegative() && ramp.compareTo(MAX_RAMP) <= 0 && isWholeSeconds(ramp),
        "ramp",
        "must be whole seconds from 0 to 24h, was: " + ramp);
  }

  private static void requireDuration(Duration duration) {
    require(
        duration.isPositive() && duration.compareTo(MAX_DURATION) <= 0 && isWholeSeconds(duration),
        "duration",
        "must be whole seconds, above 0 and at most 366d, was: " + duration);
  }

  private static void requireEnd(Start start, Cron end) {
    require(
        start instanceof Start.Recurring,
        "end",
        "must be absent beside `at`, which takes a duration, was: " + end);
    require(end.fires(), "end", "must be a time that comes, was: " + end + ", which never does");
  }

  private static boolean isWholeSeconds(Duration duration) {
    return duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new InvalidScheduleException(field, problem);
    }
  }
}
