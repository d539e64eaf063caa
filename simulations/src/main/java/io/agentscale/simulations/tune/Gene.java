// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune;

/**
 * One setting that the search may change, as a number within bounds.
 *
 * @param name of the setting, such as {@code target}
 * @param low the least value
 * @param high the greatest value
 * @param scale which values in between there are
 */
public record Gene(String name, double low, double high, Scale scale) {

  /** Which values a gene takes, and what is near to what. */
  public enum Scale {
    /** Any number; near is a small difference. */
    LINEAR,
    /** Any positive number; near is a small ratio, as for durations and targets. */
    LOGARITHMIC,
    /** Whole numbers only. */
    WHOLE
  }

  public Gene {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          name + ": low must not be above high, was: " + low + " to " + high);
    }
    if (scale == Scale.LOGARITHMIC && !(low > 0)) {
      throw new IllegalArgumentException(name + ": low must be above 0, was: " + low);
    }
    if (scale == Scale.WHOLE && (low != Math.rint(low) || high != Math.rint(high))) {
      throw new IllegalArgumentException(
          name + ": bounds must be whole, were: " + low + " to " + high);
    }
  }

  /** Returns the gene of a choice between a number of alternatives, by their index. */
  public static Gene choice(String name, int alternatives) {
    return new Gene(name, 0, alternatives - 1.0, Scale.WHOLE);
  }

  /** Tells whether there is only one value. */
  boolean isFixed() {
    return low == high;
  }

  /** Returns the value at a place from 0 to 1. */
  double at(double place) {
    double within = Math.clamp(place, 0, 1);
    return switch (scale) {
      case LINEAR -> Math.clamp(low + within * (high - low), low, high);
      case LOGARITHMIC -> Math.clamp(low * Math.pow(high / low, within), low, high);
      // Each whole number owns the same share of the line, so that none is drawn less often.
      case WHOLE -> Math.min(high, low + Math.floor(within * (high - low + 1)));
    };
  }

  /** Returns the place of a value, the inverse of {@link #at}. */
  double place(double value) {
    if (isFixed()) {
      return 0;
    }
    return switch (scale) {
      case LINEAR -> (value - low) / (high - low);
      case LOGARITHMIC -> Math.log(value / low) / Math.log(high / low);
      case WHOLE -> (value - low + 0.5) / (high - low + 1);
    };
  }
}
