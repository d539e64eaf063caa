// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.time.Duration;

/**
 * The lengths every part measures in, counted in steps.
 *
 * @param step the width of a bucket
 * @param day steps in a day
 * @param hour steps in an hour, at least 1
 * @param block steps in ten minutes, at least 1: finer steps are noise to a feature or a time slot
 * @param stride steps between two lessons, at least 1: rows closer than five minutes teach nothing
 *     new and cost as much
 * @param yesterday what yesterday was like
 * @param lastDays what the last seven days were like
 * @param lastWeek what the same day of last week was like
 * @param lastWeeks what the last three weeks were like
 */
record Grid(
    Duration step,
    int day,
    int hour,
    int block,
    int stride,
    Profile yesterday,
    Profile lastDays,
    Profile lastWeek,
    Profile lastWeeks) {

  static Grid of(Duration step) {
    int day = steps(Duration.ofDays(1), step);
    return new Grid(
        step,
        day,
        steps(Duration.ofHours(1), step),
        steps(Duration.ofMinutes(10), step),
        steps(Duration.ofMinutes(5), step),
        new Profile(day, 1),
        new Profile(day, 7),
        new Profile(7 * day, 1),
        new Profile(7 * day, 3));
  }

  private static int steps(Duration span, Duration step) {
    return Math.toIntExact(Math.max(1, Math.round((double) span.toSeconds() / step.toSeconds())));
  }

  /** Returns what a past was like. */
  Profile profile(Past past) {
    return switch (past) {
      case YESTERDAY -> yesterday;
      case LAST_DAYS -> lastDays;
      case LAST_WEEK -> lastWeek;
      case LAST_WEEKS -> lastWeeks;
    };
  }

  int week() {
    return 7 * day;
  }

  /** Returns the steps of history kept: what the longest profile looks back. */
  int kept() {
    return lastWeeks.period() * lastWeeks.count();
  }

  /**
   * Returns the steps of history kept exactly: a day, as buckets of yesterday are looked at one by
   * one. What is further back is looked at by the ten minutes, which for steps of five minutes and
   * more are few buckets or one: those are all kept exactly.
   */
  int exact() {
    return stride == 1 ? kept() : day;
  }

  /** Returns the ten-minute slots of a day, over which errors are remembered by time of day. */
  int slots() {
    return Math.max(1, day / block);
  }

  int slot(long t) {
    return (int) (t / block % slots());
  }

  /** Returns the part forgotten each lesson so that half is gone after {@code days}. */
  double forgetting(double days) {
    return 1 - Math.pow(0.5, stride / (days * day));
  }
}
