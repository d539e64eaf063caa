// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** The stretches of the past a forecast may resemble. */
enum Past {
  YESTERDAY(0),
  LAST_DAYS(1),
  LAST_WEEK(2),
  LAST_WEEKS(3);

  private final int place;

  Past(int place) {
    this.place = place;
  }

  /** Returns its place where all have one. */
  int place() {
    return place;
  }
}
