// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Duration;

/** When a window that has begun is over. */
public sealed interface End {

  /**
   * That long after the start, read off the wall clock: nine hours from 22:00 end at 07:00 even in
   * the night the clocks change. After a start given as an instant it is elapsed time.
   */
  record After(Duration duration) implements End {}

  /** When this cron fires next after the start. */
  record At(Cron cron) implements End {}
}
