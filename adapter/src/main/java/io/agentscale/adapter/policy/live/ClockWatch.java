// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices when the clock jumps. One that jumped ahead is doubted for a while: what is learned at a
 * wrong time stays wrong, whereas a machine that slept loses nothing by waiting.
 */
final class ClockWatch {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration DOUBT = Duration.ofMinutes(2);

  /** Corrections this small are common and harmless. */
  private static final Duration LONGEST_CORRECTION = Duration.ofMinutes(1);

  private Instant latest = Instant.MIN;
  private Instant doubtedUntil = Instant.MIN;

  /** Takes note of the time; tells whether the clock went back. */
  boolean wentBack(Instant now) {
    Instant before = latest;
    latest = now;
    if (before.equals(Instant.MIN)) {
      return false;
    }
    if (now.isAfter(before.plus(LONGEST_PAUSE))) {
      doubtedUntil = now.plus(DOUBT);
    }
    boolean isBack = now.isBefore(before.minus(LONGEST_CORRECTION));
    if (isBack) {
      doubtedUntil = Instant.MIN;
    }
    return isBack;
  }

  /** Tells whether what is measured now may be learned from. */
  boolean isTrusted() {
    return !latest.isBefore(doubtedUntil);
  }
}
