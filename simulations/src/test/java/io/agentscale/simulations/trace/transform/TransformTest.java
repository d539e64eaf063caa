// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import static io.agentscale.simulations.trace.TestTraffic.START;
import static io.agentscale.simulations.trace.TestTraffic.arrivals;
import static io.agentscale.simulations.trace.TestTraffic.count;
import static io.agentscale.simulations.trace.TestTraffic.rates;
import static io.agentscale.simulations.trace.TestTraffic.requests;
import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.transform.Window.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change must change what it says and nothing else: requests neither appear nor vanish. */
final class TransformTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final double UNKNOWN = Double.NaN;

  private static RateTraffic random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles(random.nextInt(5, 200), 0, 500).toArray();
    return rates(START.plusSeconds(random.nextInt(-7200, 7200)), MINUTE, values);
  }

  private static long[] randomArrivals(long seed) {
    return new SplittableRandom(seed).longs(500, 0, 3_600_000_000L).sorted().toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void stretchAndShift_keepEveryRequest(long seed) {
    RateTraffic series = random(seed);
    Traffic slower = new Stretch(1.5).apply(series);
    Traffic later = new Shift(Duration.ofHours(-5)).apply(slower);
    assertThat(count(later)).isCloseTo(count(series), within(1e-6 * count(series)));
    assertThat(Duration.between(later.start(), later.end()))
        .isEqualTo(Duration.between(series.start(), series.end()).multipliedBy(3).dividedBy(2));
    assertThat(later.start()).isEqualTo(series.start().minus(Duration.ofHours(5)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void superpose_addsTheRequestsOfBoth_whateverTheirStepsAndStarts(long seed) {
    RateTraffic first = random(seed);
    Traffic second = new Stretch(0.35).apply(random(seed + 100));
    Traffic both = new Superpose(second).apply(first);
    double sum = count(first) + count(second);
    assertThat(count(both)).isCloseTo(sum, within(1e-6 * sum));
    assertThat(both.start()).isBeforeOrEqualTo(first.start()).isBeforeOrEqualTo(second.start());
    assertThat(both.end()).isAfterOrEqualTo(first.end()).isAfterOrEqualTo(second.end());
    assertThat(ratesOf(both)).hasSize((int) ((RateTraffic) both).steps());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void windowsSideBySide_areTheWhole(long seed) {
    RateTraffic series = random(seed);
    Bound middle = new Bound.After(Duration.ofSeconds(150));
    Traffic before = new Window(Optional.empty(), Optional.of(middle)).apply(series);
    Traffic after = new Window(Optional.of(middle), Optional.empty()).apply(series);
    assertThat(before.end()).isEqualTo(after.start());
    List<Double> joined = new ArrayList<>(ratesOf(before));
    joined.addAll(ratesOf(after));
    assertThat(joined).isEqualTo(ratesOf(series));
    assertThat(after.end()).isEqualTo(series.end());
  }

  @Test
  void windowOfRequests_beginsAtItsOwnStart() {
    Traffic part =
        new Window(
                Optional.of(new Bound.At(START.plusSeconds(2))),
                Optional.of(new Bound.After(Duration.ofSeconds(5))))
            .apply(requests(0, 1_999_999, 2_000_000, 4_999_999, 5_000_000));
    assertThat(part.start()).isEqualTo(START.plusSeconds(2));
    assertThat(arrivals(part)).containsExactly(0L, 2_999_999L);
  }

  @Test
  void windowBesideTheTraffic_isRefused() {
    Window tomorrow =
        new Window(Optional.of(new Bound.At(START.plusSeconds(86_400))), Optional.empty());
    assertThatThrownBy(() -> tomorrow.apply(rates(MINUTE, 1, 2)))
        .hasMessageContaining("2026-01-05T00:00:00Z to 2026-01-05T00:02:00Z")
        .hasMessageContaining("2026-01-06T00:00:00Z");
    assertThatThrownBy(() -> tomorrow.apply(requests(0, 1))).hasMessageContaining("must hold");
  }

  @Test
  void scale_multipliesRates_andLeavesTheUnknownUnknown() {
    assertThat(ratesOf(new Scale(2.5, 0).apply(rates(MINUTE, 4, UNKNOWN, 0))))
        .containsExactly(10.0, UNKNOWN, 0.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 2, 3.5})
  void scaleOfRequests_givesSoManyTimesAsMany(double factor) {
    long[] arrivals = LongStream.range(0, 20_000).map(i -> i * 1000).toArray();
    Traffic scaled = new Scale(factor, 42).apply(requests(arrivals));
    List<Long> first = arrivals(scaled);
    assertThat(first).isSorted().isEqualTo(arrivals(scaled));
    assertThat((double) first.size() / arrivals.length).isCloseTo(factor, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scaleTo_reachesTheQuantile(long seed) {
    Traffic scaled = new ScaleTo(0.9, 150, 0).apply(random(seed));
    double[] sorted = ratesOf(scaled).stream().mapToDouble(v -> v).sorted().toArray();
    double quantile = sorted[(int) Math.ceil(0.9 * sorted.length) - 1];
    assertThat(quantile).isCloseTo(150, within(0.1));
  }

  @Test
  void scaleTo_ofNothing_isRefused() {
    assertThatThrownBy(() -> new ScaleTo(0.9, 150, 0).apply(rates(MINUTE, 0, 0)))
        .hasMessageContaining("no factor makes 150");
    assertThatThrownBy(() -> new ScaleTo(0.9, 150, 0).apply(rates(MINUTE, UNKNOWN)))
        .hasMessageContaining("not one step");
  }

  @Test
  void growth_isItsFactorAfterItsDuration() {
    double[] flat = new double[61];
    Arrays.fill(flat, 10);
    RateTraffic series = rates(MINUTE, flat);
    Duration hour = Duration.ofHours(1);
    for (Growth.Shape shape : Growth.Shape.values()) {
      List<Double> now = ratesOf(new Growth(1.5, hour, Duration.ZERO, shape, 0).apply(series));
      assertThat(now.getFirst()).isCloseTo(10, within(0.05));
      assertThat(now.getLast()).isCloseTo(15, within(0.08));
      List<Double> ahead = ratesOf(new Growth(1.5, hour, hour, shape, 0).apply(series));
      assertThat(ahead.getFirst()).isCloseTo(15, within(0.08));
    }
  }

  @Test
  void noise_keepsTheMean_isTheSameForItsSeed_andOtherForAnother() {
    double[] flat = new double[20_000];
    Arrays.fill(flat, 10);
    RateTraffic series = rates(MINUTE, flat);
    List<Double> noisy = ratesOf(new Noise(0.3, 5).apply(series));
    assertThat(noisy.stream().mapToDouble(v -> v).average().orElseThrow())
        .isCloseTo(10, within(0.1));
    double variance = noisy.stream().mapToDouble(v -> (v - 10) * (v - 10)).average().orElseThrow();
    assertThat(Math.sqrt(variance) / 10).isCloseTo(Math.sqrt(Math.expm1(0.09)), within(0.02));
    assertThat(ratesOf(new Noise(0.3, 5).apply(series))).isEqualTo(noisy);
    assertThat(ratesOf(new Noise(0.3, 6).apply(series))).isNotEqualTo(noisy);
  }

  @Test
  void superposedRequests_areMergedInOrder() {
    long[] first = randomArrivals(1);
    long[] second = randomArrivals(2);
    Traffic both = new Superpose(requests(START.minusSeconds(60), second)).apply(requests(first));
    long[] expected =
        LongStream.concat(
                Arrays.stream(first).map(micros -> micros + 60_000_000), Arrays.stream(second))
            .sorted()
            .toArray();
    assertThat(both.start()).isEqualTo(START.minusSeconds(60));
    assertThat(arrivals(both).stream().mapToLong(v -> v)).containsExactly(boxed(expected));
  }

  private static Long[] boxed(long[] values) {
    return Arrays.stream(values).boxed().toArray(Long[]::new);
  }

  @Test
  void superpose_ofRatesAndRequests_countsTheRequests() {
    Traffic both = new Superpose(requests(0, 1, 61_000_000)).apply(rates(MINUTE, 1, 1, 1));
    assertThat(count(both)).isCloseTo(183, within(1e-9));
    Traffic other = new Superpose(rates(MINUTE, 1, 1, 1)).apply(requests(0, 1, 61_000_000));
    assertThat(ratesOf(other)).isEqualTo(ratesOf(both));
  }

  @Test
  void superpose_unknownPlusKnown_isUnknown_butOutsideTheOtherThereIsNone() {
    Traffic other = rates(START.plusSeconds(60), MINUTE, UNKNOWN, 5);
    assertThat(ratesOf(new Superpose(other).apply(rates(MINUTE, 1, 1, 1, 1))))
        .containsExactly(1.0, UNKNOWN, 6.0, 1.0);
  }

  @Test
  void changesThatDoNotFit_areRefused() {
    assertThatThrownBy(() -> new Noise(0.1, 0).apply(requests(0)))
        .hasMessageContaining("bin them first");
    assertThatThrownBy(() -> new Bin(MINUTE).apply(rates(MINUTE, 1)))
        .hasMessageContaining("must be applied to requests");
    assertThatThrownBy(() -> new Stretch(1.0 / 70_000).apply(rates(MINUTE, 1)))
        .hasMessageContaining("whole milliseconds");
    assertThatThrownBy(() -> new Scale(0, 0)).hasMessageContaining("factor: must be above 0");
    assertThatThrownBy(() -> new Growth(2, Duration.ZERO, Duration.ZERO, Growth.Shape.LINEAR, 0))
        .hasMessageContaining("over: must be longer than zero");
  }
}
