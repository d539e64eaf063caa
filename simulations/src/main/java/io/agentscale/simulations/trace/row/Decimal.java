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
    int end = from + length;
    int i = from;
    boolean isNegative = length > 0 && text[i] == '-';
    if (isNegative) {
      i++;
    }
    long digits = 0;
    int count = 0;
    int point = -1;
    for (; i < end; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = count;
      } else {
        return written(text, from, length);
      }
      if (count > EXACT_DIGITS) {
        return written(text, from, length);
      }
    }
    if (count == 0) {
      return written(text, from, length);
    }
    double number = point < 0 ? digits : digits / POWERS[count - point];
    return isNegative ? -number : number;
  }

  private static double written(char[] text, int from, int length) {
    return SampleNumber.parse(new String(text, from, length).strip());
  }
}
