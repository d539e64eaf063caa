// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus and Go write them: numbers with units, largest first. */
public final class DurationText {
  static final String RULE = "a duration longer than zero such as 500ms, 15s, 1m30s or 14d";

  private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h|d|w|y))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d|w|y)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7),
          "y", Duration.ofDays(365));

  private DurationText() {}

  /**
   * Reads a duration longer than zero.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Duration parse(String text) {
    Duration total = Duration.ZERO;
    if (WHOLE.matcher(text).matches()) {
      Matcher parts = PART.matcher(text);
      while (parts.find()) {
        total =
            total.plus(
                UNITS
                    .getOrDefault(parts.group(2), Duration.ZERO)
                    .multipliedBy(Long.parseLong(parts.group(1))));
      }
    }
    if (total.isZero()) {
      throw new IllegalArgumentException("must be " + RULE + ", was: " + text);
    }
    return total;
  }
}
