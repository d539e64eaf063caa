// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A backtest that peeks into the future, or skips the hard buckets, reports skill that is not. */
final class BacktestTest {
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int DAY = 144;

  private static Series series(double... values) {
    return new Series("made up", Instant.EPOCH, TEN, values);
  }

  private static double[] noise(int length) {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = new double[length];
    Arrays.setAll(values, t -> 50 + random.nextGaussian());
    return values;
  }

  private static List<Backtest.Made> made(Series series) {
    List<Backtest.Made> made = new ArrayList<>();
    new Backtest(series, List.of(HOUR), Backtest.QUANTILES).run(done -> {}, made::add);
    return made;
  }

  @Test
  void run_scoresEveryBucketAfterTheWarmUp() {
    var results =
        new Backtest(series(noise(10 * DAY)), List.of(TEN, HOUR), Backtest.QUANTILES)
            .run(done -> {}, made -> {});

    assertThat(results.get(0).ours().origins()).isEqualTo(2 * DAY - 1);
    assertThat(results.get(1).naive().origins()).isEqualTo(2 * DAY - 6);
    var longer =
        new Backtest(series(noise(21 * DAY)), List.of(TEN), Backtest.QUANTILES)
            .run(done -> {}, made -> {});
    assertThat(longer.getFirst().ours().origins()).isEqualTo(7 * DAY - 1);
  }

  @Test
  void run_laterValues_doNotChangeEarlierForecasts() {
    double[] values = noise(10 * DAY);
    double[] changed = values.clone();
    Arrays.fill(changed, 9 * DAY, changed.length, 1e6);

    var before = made(series(values)).stream().filter(m -> m.target() < 9 * DAY + 6).toList();
    var after = made(series(changed)).stream().filter(m -> m.target() < 9 * DAY + 6).toList();
    assertThat(before).hasSize(9 * DAY).isEqualTo(after);
  }

  @Test
  void run_absentBuckets_areNeitherOriginNorOutcome() {
    double[] values = noise(10 * DAY);
    values[9 * DAY] = Double.NaN;
    var results =
        new Backtest(series(values), List.of(HOUR), Backtest.QUANTILES).run(done -> {}, made -> {});

    assertThat(results.getFirst().ours().origins()).isEqualTo(2 * DAY - 6 - 2);
    assertThat(results.getFirst().ours().mase()).isFinite();
  }

  @Test
  void run_naive_hasTheErrorOfTheDifferences() {
    double[] values = new double[10 * DAY];
    // A saw-tooth over two days: a day apart differs by 72, an hour apart by 6 but at its jumps.
    Arrays.setAll(values, t -> t % (2 * DAY) / 2.0);
    var result =
        new Backtest(series(values), List.of(HOUR), Backtest.QUANTILES)
            .run(done -> {}, made -> {})
            .getFirst();

    assertThat(result.seasonalNaive().mase()).isCloseTo(1, within(1e-9));
    assertThat(result.naive().mase()).isCloseTo(3.0 / 72, within(1e-9));
    assertThat(result.naive().quantiles().getFirst().coverage()).isEqualTo(1);
  }

  @Test
  void run_nothingAfterTheWarmUp_isRefused() {
    double[] values = noise(10 * DAY);
    Arrays.fill(values, 8 * DAY, values.length - 1, Double.NaN);
    Backtest backtest = new Backtest(series(values), List.of(HOUR), Backtest.QUANTILES);

    assertThatThrownBy(() -> backtest.run(done -> {}, made -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("made up: must have values after the 8 days of warm-up, has none");
  }

  @Test
  void constructor_whatCannotBeScored_isRefused() {
    assertThatThrownBy(() -> new Backtest(series(noise(8 * DAY)), List.of(TEN), List.of(0.9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than the 8 days");
    assertThatThrownBy(() -> new Backtest(series(new double[9 * DAY]), List.of(TEN), List.of(0.9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must vary");
  }
}
