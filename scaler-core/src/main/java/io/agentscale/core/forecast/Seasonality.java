// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** The longest rhythm that makes a series' forecasts better, as found, never as assumed. */
public enum Seasonality {
  /** Less than a day and some hours of history: nothing can be said. */
  UNDECIDED,
  NONE,
  DAILY,
  WEEKLY
}
