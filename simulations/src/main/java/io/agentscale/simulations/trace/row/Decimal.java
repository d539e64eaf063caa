// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import io.agentscale.adapter.prometheus.SampleNumber;

/**
 * Reads decimal numbers out of a buffer of characters.
 *
 * <p>Plain decimals of at most 15 digits, nearly all there are, need no object: digits and power of
 * ten are then exact doubles, and so their quotient is the nearest double (Clinger 1990).
 */
final class Decimal {
  private static final int EXACT_DIGITS = 15;
  private static final double[] POWERS = new double[EXACT_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimal() {}

  /**
   * Returns the number, which may be NaN or infinite if it is written so.
   *
   * @throws NumberFormatException if it is none
   */
  static double parse(char[] text, int from, int length) {
    boolean isNegative = length > 0 && text[from] == '-';
    double number = plain(text, isNegative ? from + 1 : from, from + length);
    if (Double.isNaN(number)) {
      return written(text, from, length);
    }
    return isNegative ? -number : number;
  }

  /** Returns NaN for anything but digits, few enough, with at most one point. */
  private static double plain(char[] text, int from, int end) {
    long digits = 0;
    int count = 0;
    int point = -1;
    for (int i = from; i < end; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        count++;
      } else if (text[i] == '.' && point < 0) {
        point = count;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0 || count > EXACT_DIGITS) {
      return Double.NaN;
    }
    return point < 0 ? (double) digits : digits / POWERS[count - point];
  }

  private static double written(char[] text, int from, int length) {
    return SampleNumber.parse(new String(text, from, length).strip());
  }
}
