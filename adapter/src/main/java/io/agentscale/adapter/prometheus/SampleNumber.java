// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A sample's number as Prometheus writes it.
 *
 * <p>Go's notation: {@code +Inf}, {@code -Inf} and {@code NaN} in any case; no suffix letters and
 * no white space, both of which Java's own parser would let pass.
 */
public final class SampleNumber {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private SampleNumber() {}

  /**
   * Reads a number.
   *
   * @throws NumberFormatException if it is not one
   */
  public static double parse(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException("not a number: " + text);
    };
  }
}
