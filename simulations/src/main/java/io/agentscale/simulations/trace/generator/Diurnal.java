// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

/**
 * A day as a cosine, in UTC, and days that may differ at the weekend:
 *
 * <p>{@code r(h) = w (low + (high - low) (1 + cos(2 pi (h - peakHour) / 24)) / 2)}, where w is
 * {@code weekend} on Saturdays and Sundays and 1 otherwise.
 *
 * @param low requests per second twelve hours from the peak
 * @param high requests per second at the peak
 * @param peakHour of the day, from 0 to 24
 * @param weekend by how much a day of the weekend is multiplied; 1 makes all days alike
 */
public record Diurnal(double low, double high, double peakHour, double weekend)
    implements Generator.Clock {
  private static final int SATURDAY = 5;

  public Diurnal {
    Requirement.rate("low", low);
    Requirement.rate("high", high);
    Requirement.notBelow("high", high, "low", low);
    if (!(peakHour >= 0 && peakHour <= 24)) {
      throw new IllegalArgumentException("peakHour: must be from 0 to 24, was: " + peakHour);
    }
    if (!(weekend >= 0 && Double.isFinite(weekend))) {
      throw new IllegalArgumentException("weekend: must be a factor from 0 up, was: " + weekend);
    }
  }

  @Override
  public double at(int weekday, double hour) {
    double share = (1 + Math.cos(2 * Math.PI * (hour - peakHour) / 24)) / 2;
    return (weekday < SATURDAY ? 1 : weekend) * (low + (high - low) * share);
  }
}
