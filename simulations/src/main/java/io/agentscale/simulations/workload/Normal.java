// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/** The standard normal distribution. */
public final class Normal {
  private static final double[] CENTRE_ABOVE = {
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
  };
  private static final double[] CENTRE_BELOW = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };
  private static final double[] TAIL_ABOVE = {
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
  };
  private static final double[] TAIL_BELOW = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
  };
  private static final double TAIL = 0.02425;

  private Normal() {}

  /**
   * Returns the value not exceeded with probability {@code p}, by Acklam's rational approximation
   * (2003), whose relative error is below 1.2e-9.
   *
   * @param p above 0 and below 1
   */
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("p: must be between 0 and 1, was: " + p);
    }
    if (p < TAIL) {
      return tail(p);
    }
    if (p > 1 - TAIL) {
      return -tail(1 - p);
    }
    double offset = p - 0.5;
    double square = offset * offset;
    return polynomial(CENTRE_ABOVE, square) * offset / polynomial(CENTRE_BELOW, square);
  }

  private static double tail(double p) {
    double distance = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_ABOVE, distance) / polynomial(TAIL_BELOW, distance);
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * x + coefficient;
    }
    return value;
  }
}
