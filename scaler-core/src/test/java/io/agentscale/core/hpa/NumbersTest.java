// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions rewritten into a nicer form give other bits, and so other replica counts. */
final class NumbersTest {

  @ParameterizedTest(name = "{0} by {1} up from {2} allows {3}")
  @CsvSource({"PERCENT, 14, 50, 58", "PERCENT, 10, 50, 56", "PERCENT, 100, 3, 6", "PODS, 4, 3, 7"})
  void up_policy_allows(ScalingPolicy.Type type, int value, int current, int limit) {
    assertThat(limits(current).up(rules(type, value))).isEqualTo(limit);
  }

  @ParameterizedTest(name = "{0} by {1} down from {2} allows {3}")
  @CsvSource({"PERCENT, 90, 10, 0", "PERCENT, 80, 15, 2", "PERCENT, 100, 9, 0", "PODS, 4, 9, 5"})
  void down_policy_allows(ScalingPolicy.Type type, int value, int current, int limit) {
    assertThat(limits(current).down(rules(type, value))).isEqualTo(limit);
  }

  @ParameterizedTest(name = "ratio {0}: difference form {1}, interval form {2}")
  @CsvSource({
    "1.1, false, true",
    "0.9, true, true",
    "1.0, true, true",
    "1.11, false, false",
    "0.89, false, false",
    "NaN, false, false"
  })
  void contains_ratio(double ratio, boolean difference, boolean interval) {
    assertThat(new ToleranceBand(false, 0.1, 0.1).contains(ratio)).isEqualTo(difference);
    assertThat(new ToleranceBand(true, 0.1, 0.1).contains(ratio)).isEqualTo(interval);
  }

  @Test
  void conversions_leavingTheRange_areThoseOfGo() {
    assertThat(GoNumbers.toInt32(4294967297.0)).isEqualTo(1);
    assertThat(GoNumbers.toInt32(Double.NaN)).isZero();
    assertThat(GoNumbers.toInt64(Double.POSITIVE_INFINITY)).isEqualTo(Long.MIN_VALUE);
    assertThat(GoNumbers.toCappedInt32(4294967297.0)).isEqualTo(Integer.MAX_VALUE);
  }

  private static RateLimits limits(int current) {
    return new RateLimits(ScaleEventHistory.NONE, ScaleEventHistory.NONE, current, Instant.EPOCH);
  }

  private static ScalingRules rules(ScalingPolicy.Type type, int value) {
    return ScalingRules.SCALE_UP_DEFAULT.withPolicies(List.of(new ScalingPolicy(type, value, 15)));
  }
}
