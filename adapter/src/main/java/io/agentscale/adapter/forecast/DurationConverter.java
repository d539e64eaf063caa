// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as 90s, 10m, 1h30m or 7d. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    int day = iso.indexOf('D');
    String date = iso.substring(0, day + 1);
    String time = iso.substring(day + 1);
    try {
      Duration duration = Duration.parse("P" + date + (time.isEmpty() ? "" : "T" + time));
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw problem(text);
    }
    throw problem(text);
  }

  private static TypeConversionException problem(String text) {
    return new TypeConversionException("must be like 90s, 10m, 1h30m or 7d, was: " + text);
  }
}
