// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

/**
 * What holds where a policy says nothing, as its author would write it. The API server fills these
 * in from the resource definition; for a file the reader does.
 */
final class SpecDefaults {
  static final String MODE = "Enforce";
  static final String ACTUATION = "Metric";
  static final String MIN_REPLICAS = "1";
  static final String HOLD = "5m";
  static final String TOLERANCE = "0.1";
  static final String CALENDAR_KEY = "calendar.ics";

  static final String FORECAST_HISTORY = "14d";
  static final String FORECAST_LEAD = "Auto";
  static final String FORECAST_QUANTILE = "0.9";
  static final String FORECAST_MIN_SKILL = "0";

  static final String PROTECT_BUSY_PODS = "false";
  static final String LONG_RUN = "1m";

  static final String ACTIVATION_THRESHOLD = "0";
  static final String ACTIVATION_IDLE_FOR = "5m";

  static final String QUEUE_UP_ABOVE = "10";
  static final String QUEUE_DOWN_BELOW = "2";
  static final String QUEUE_COOLDOWN = "2m";

  private SpecDefaults() {}
}
