// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * A Kubernetes quantity in thousandths ("milli") of a metric's unit, the resolution every
 * HorizontalPodAutoscaler computes in.
 *
 * <p>Values beyond 64 bits saturate at {@link #MAX} and {@link #MIN} instead of wrapping, because
 * an overflow that reads as a negative number would scale a loaded service down.
 *
 * @param milli thousandths of the unit
 */
public record Quantity(long milli) implements Comparable<Quantity> {
  public static final Quantity ZERO = new Quantity(0);
  public static final Quantity MAX = new Quantity(Long.MAX_VALUE);
  public static final Quantity MIN = new Quantity(Long.MIN_VALUE);

  private static final List<String> DECIMAL_SUFFIXES =
      List.of("m", "", "k", "M", "G", "T", "P", "E");
  private static final String BINARY_PREFIXES = "KMGTPE";
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  public static Quantity ofMilli(long milli) {
    return new Quantity(milli);
  }

  /** Returns the quantity of that many whole units. */
  public static Quantity of(long units) {
    return saturated(BigInteger.valueOf(units).multiply(BigInteger.valueOf(1000)));
  }

  /**
   * Returns a measured value, cut toward zero at thousandths as metrics servers do ({@code
   * int64(value * 1000)}); infinities and values beyond 64 bits saturate.
   *
   * @throws IllegalArgumentException for NaN, which is no amount: unknown is never zero
   */
  public static Quantity of(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("value: must be a number, was: NaN");
    }
    // Java's narrowing cast saturates, where Go's is undefined.
    return new Quantity((long) (value * 1000.0));
  }

  /**
   * Reads a quantity as Kubernetes writes it: a decimal number with an optional suffix {@code n u m
   * k M G T P E}, {@code Ki Mi Gi Ti Pi Ei} or a decimal exponent. Fractions of a thousandth round
   * away from zero, as {@code Quantity.MilliValue} does.
   *
   * @throws IllegalArgumentException if the text is not a quantity
   */
  public static Quantity parse(String text) {
    int end = numberEnd(text);
    try {
      BigDecimal units =
          new BigDecimal(text.substring(0, end)).multiply(scale(text.substring(end)));
      return saturated(units.multiply(THOUSAND).setScale(0, RoundingMode.UP).toBigInteger());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "quantity: must be a number with an optional suffix (n u m k M G T P E Ki Mi Gi Ti Pi Ei),"
              + " was: "
              + text,
          e);
    }
  }

  /** Returns the amount in units; exact up to 2^53 thousandths. */
  public double doubleValue() {
    return milli / 1000.0;
  }

  @Override
  public int compareTo(Quantity other) {
    return Long.compare(milli, other.milli);
  }

  /** Returns the canonical decimal form: the largest suffix that leaves no fraction. */
  @Override
  public String toString() {
    if (milli == 0) {
      return "0";
    }
    long mantissa = milli;
    int suffix = 0;
    while (mantissa % 1000 == 0 && suffix < DECIMAL_SUFFIXES.size() - 1) {
      mantissa /= 1000;
      suffix++;
    }
    return mantissa + DECIMAL_SUFFIXES.get(suffix);
  }

  private static int numberEnd(String text) {
    int end = 0;
    while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static BigDecimal scale(String suffix) {
    if (suffix.length() == 2 && suffix.charAt(1) == 'i') {
      int power = BINARY_PREFIXES.indexOf(suffix.charAt(0)) + 1;
      if (power > 0) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(10 * power));
      }
    }
    if (suffix.length() > 1 && Character.toLowerCase(suffix.charAt(0)) == 'e') {
      return BigDecimal.ONE.scaleByPowerOfTen(exponent(suffix.substring(1)));
    }
    int decimal = DECIMAL_SUFFIXES.indexOf(suffix);
    if (decimal >= 0) {
      return BigDecimal.ONE.scaleByPowerOfTen(3 * (decimal - 1));
    }
    return switch (suffix) {
      case "u" -> BigDecimal.ONE.scaleByPowerOfTen(-6);
      case "n" -> BigDecimal.ONE.scaleByPowerOfTen(-9);
      default -> throw new NumberFormatException("unknown suffix " + suffix);
    };
  }

  /** Bounded, so that hostile text cannot ask for a number of a billion digits. */
  private static int exponent(String digits) {
    return Math.clamp(Integer.parseInt(digits), -100, 100);
  }

  private static Quantity saturated(BigInteger milli) {
    if (milli.bitLength() < Long.SIZE) {
      return new Quantity(milli.longValue());
    }
    return milli.signum() < 0 ? MIN : MAX;
  }
}
