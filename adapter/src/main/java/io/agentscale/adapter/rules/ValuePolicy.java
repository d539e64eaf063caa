// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.sample.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a rule makes of values that are no plain amounts. By default none of them is an amount.
 *
 * @param onEmpty for an object that exists and has no row
 * @param onNaN for a row whose value is not a number
 * @param onInf for a row whose value is infinite
 * @param maxAge a sample older than this is refused; absent for no limit of the rule's own
 */
public record ValuePolicy(OnEmpty onEmpty, OnNaN onNaN, OnInf onInf, Optional<Duration> maxAge) {
  public static final ValuePolicy DEFAULT =
      new ValuePolicy(OnEmpty.ERROR, OnNaN.ERROR, OnInf.ERROR, Optional.empty());

  /** What an existing object without a row has. */
  public enum OnEmpty {
    /** No value. */
    ERROR,
    /** Zero, because the rule's author says that no series means no load. */
    ZERO,
    /** Its last value, while that is younger than {@code maxAge}. */
    HOLD
  }

  /** What NaN is. */
  public enum OnNaN {
    /** No value. */
    ERROR,
    /** Zero, as prometheus-adapter has it. */
    ZERO
  }

  /** What an infinity is. */
  public enum OnInf {
    /** No value. */
    ERROR,
    /** The largest or smallest amount there is. */
    SATURATE
  }

  /** Judges one value. */
  public Reading judge(double value, Instant at, Instant now) {
    if (maxAge.isPresent() && at.plus(maxAge.get()).isBefore(now)) {
      Duration age = Duration.between(at, now);
      return new Reading.Stale(
          at,
          "the sample is "
              + age.toSeconds()
              + " s old, more than maxAge: "
              + maxAge.get().toSeconds()
              + " s");
    }
    if (Double.isNaN(value)) {
      return onNaN == OnNaN.ZERO
          ? new Reading.Value(0, at, Optional.empty())
          : new Reading.Absent("Prometheus answered NaN, often a division by zero");
    }
    if (Double.isInfinite(value) && onInf == OnInf.ERROR) {
      return new Reading.Absent(
          "Prometheus answered " + (value > 0 ? "+Inf" : "-Inf") + "; see onInf");
    }
    return new Reading.Value(value, at, Optional.empty());
  }
}
