// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.trace.transform.Window.Bound;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Reads what YAML values of traffic can be, and of what meets it. */
public final class Fields {
  private Fields() {}

  /** Reads a finite number. */
  public static double number(YamlValue value) {
    try {
      double number = Double.parseDouble(value.string());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number, was: " + value.string(), e);
    }
    throw new IllegalArgumentException("must be a finite number, was: " + value.string());
  }

  static int seed(YamlValue value) {
    return value.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Reads a time, or a date as its midnight, in UTC unless it says otherwise. */
  static Instant instant(YamlValue value) {
    return instant(value.string());
  }

  static Instant instant(String text) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time such as 2026-01-31T09:00:00Z or a date, was: " + text, e);
    }
  }

  /** Reads a time, or a duration after the traffic's start. */
  static Bound bound(YamlValue value) {
    return value.string().indexOf('-') > 0
        ? new Bound.At(instant(value))
        : new Bound.After(value.duration());
  }

  /** Returns an enum's constant as these files spell it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
