// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

import static io.agentscale.simulations.trace.TestTraffic.START;
import static io.agentscale.simulations.trace.TestTraffic.rates;
import static io.agentscale.simulations.trace.TestTraffic.requests;
import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An unknown step taken for zero makes every policy look better than it is. */
final class TrafficTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final double UNKNOWN = Double.NaN;

  @Test
  void unknownStep_hasNoRateToRead() {
    try (RateCursor cursor = rates(MINUTE, UNKNOWN).open()) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.isKnown()).isFalse();
      assertThatThrownBy(cursor::requestsPerSecond).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void gaps_failSaysWhereAndHowLong() {
    RateTraffic series = Gaps.FAIL.fill(rates(MINUTE, 1, 2, UNKNOWN, UNKNOWN, 5));
    assertThatThrownBy(() -> ratesOf(series))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining("2026-01-05T00:02:00Z for 2 steps of PT1M")
        .hasMessageContaining("hold")
        .hasMessageContaining("zero");
  }

  @Test
  void gaps_holdKeepsTheLastRate_andTheFirstBeforeIt() {
    RateTraffic series = rates(MINUTE, UNKNOWN, 2, UNKNOWN, UNKNOWN, 5, UNKNOWN);
    assertThat(ratesOf(Gaps.HOLD.fill(series))).containsExactly(2.0, 2.0, 2.0, 2.0, 5.0, 5.0);
  }

  @Test
  void gaps_zeroIsZeroInTheGapOnly() {
    assertThat(ratesOf(Gaps.ZERO.fill(rates(MINUTE, 4, UNKNOWN, 5))))
        .containsExactly(4.0, 0.0, 5.0);
  }

  @Test
  void gaps_holdOfNothingKnown_isRefused() {
    RateTraffic series = Gaps.HOLD.fill(rates(MINUTE, UNKNOWN));
    assertThatThrownBy(series::open).hasMessageContaining("not one step");
  }

  @Test
  void binned_countsEveryRequestOnce_andEmptyStepsAsZero() {
    RateTraffic binned = requests(0, 999_999, 1_000_000, 3_500_000).binned(Duration.ofSeconds(1));
    assertThat(ratesOf(binned)).containsExactly(2.0, 1.0, 0.0, 1.0);
    assertThat(binned.end()).isEqualTo(START.plusSeconds(4));
    assertThat(binned.steps()).isEqualTo(4);
  }

  @Test
  void binned_requestOnTheBorder_isInTheLaterStep() {
    RateTraffic binned = requests(2_000_000).binned(Duration.ofSeconds(2));
    assertThat(ratesOf(binned)).containsExactly(0.0, 0.5);
    assertThat(binned.end()).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void quantiles_areWithinTheirError_whateverTheScale() {
    SplittableRandom random = new SplittableRandom(7);
    for (double scale : new double[] {1e-3, 1, 1e6}) {
      QuantileSketch sketch = new QuantileSketch();
      double[] all = new double[10_001];
      for (int i = 0; i < all.length; i++) {
        all[i] = scale * Math.exp(random.nextGaussian());
        sketch.add(all[i]);
      }
      Arrays.sort(all);
      for (double share : new double[] {0.01, 0.5, 0.9, 0.999}) {
        double exact = all[(int) Math.ceil(share * all.length) - 1];
        assertThat(sketch.quantile(share)).isCloseTo(exact, within(exact * 0.0003));
      }
      assertThat(sketch.quantile(1)).isCloseTo(sketch.max(), within(sketch.max() * 0.0003));
    }
  }

  @Test
  void quantiles_countZeros() {
    QuantileSketch sketch = new QuantileSketch();
    sketch.add(0);
    sketch.add(0);
    sketch.add(8);
    assertThat(sketch.quantile(0.5)).isZero();
    assertThat(sketch.quantile(1)).isCloseTo(8, within(0.003));
    assertThatThrownBy(() -> new QuantileSketch().quantile(0.5)).hasMessageContaining("no values");
  }
}
