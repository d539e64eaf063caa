// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two text formats pods answer in; they differ in timestamps, exemplars and their end. */
public enum ExpositionFormat {
  /** Prometheus' text format 0.0.4: timestamps are whole milliseconds. */
  PROMETHEUS_TEXT,
  /** OpenMetrics 1.0: timestamps are seconds, exemplars may follow, {@code # EOF} must. */
  OPENMETRICS;

  private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]*)?");

  /** What to ask pods for; they may answer in either. */
  static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  /** The format a {@code Content-Type} names; absent for one that is no exposition. */
  static Optional<ExpositionFormat> of(@Nullable String contentType) {
    if (contentType == null || contentType.isBlank()) {
      return Optional.of(PROMETHEUS_TEXT);
    }
    String type = contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "text/plain" -> Optional.of(PROMETHEUS_TEXT);
      case "application/openmetrics-text" -> Optional.of(OPENMETRICS);
      default -> Optional.empty();
    };
  }

  /** Reads a timestamp. Throws {@link NumberFormatException} for what is none. */
  Instant timestamp(String text) {
    boolean inSeconds = this == OPENMETRICS;
    if (!(inSeconds ? SECONDS : MILLIS).matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    BigDecimal number = new BigDecimal(text);
    try {
      return Instant.ofEpochMilli(
          (inSeconds ? number.movePointRight(3) : number)
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact());
    } catch (DateTimeException | ArithmeticException e) {
      throw (NumberFormatException) new NumberFormatException(text).initCause(e);
    }
  }
}
