// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** When the windows of a schedule begin. */
public sealed interface Start {

  /** Again and again, by the wall clock of the schedule's zone. */
  record Recurring(Cron cron) implements Start {}

  /** Once, by the wall clock of the schedule's zone. */
  record OnceLocal(LocalDateTime time) implements Start {}

  /** Once, at a point in time that is the same everywhere. */
  record OnceInstant(Instant time) implements Start {}

  /**
   * Reads a one-off start: {@code 2026-11-27T09:00} is local to the schedule's zone, {@code
   * 2026-11-27T09:00Z} and {@code 2026-11-27T09:00+08:00} are instants.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Start at(String text) {
    try {
      return isLocal(text)
          ? new OnceLocal(LocalDateTime.parse(text).withNano(0))
          : new OnceInstant(OffsetDateTime.parse(text).withNano(0).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a local date-time such as 2026-11-27T09:00 or an instant such as"
              + " 2026-11-27T09:00Z, was: "
              + text,
          e);
    }
  }

  private static boolean isLocal(String text) {
    int time = text.indexOf('T');
    return time < 0 || !text.substring(time).matches(".*[Zz+-].*");
  }
}
