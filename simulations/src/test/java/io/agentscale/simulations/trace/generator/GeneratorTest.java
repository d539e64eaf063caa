// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import static io.agentscale.simulations.trace.TestTraffic.START;
import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A formula is only worth its name if what comes out is what is written. */
final class GeneratorTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static List<Double> generate(Generator generator, Duration duration) {
    return ratesOf(new GeneratedTraffic(generator, START, duration, MINUTE, 3));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  @Test
  void constant_isConstant_andTheLastStepMayBeLonger() {
    var traffic = new GeneratedTraffic(new Constant(4), START, Duration.ofSeconds(90), MINUTE, 0);
    assertThat(ratesOf(traffic)).containsExactly(4.0, 4.0);
    assertThat(traffic.end()).isEqualTo(START.plusSeconds(120));
  }

  @Test
  void ramp_goesStraightAndThenStays() {
    List<Double> values = generate(new Ramp(10, 70, HOUR), Duration.ofMinutes(90));
    assertThat(values.getFirst()).isCloseTo(10.5, within(1e-9));
    assertThat(values.get(30)).isCloseTo(40.5, within(1e-9));
    assertThat(values.subList(60, 90)).containsOnly(70.0);
  }

  @Test
  void stepAndSpike_changeWhenTheySay() {
    Duration two = Duration.ofMinutes(2);
    assertThat(generate(new Step(1, 9, two), Duration.ofMinutes(4)))
        .containsExactly(1.0, 1.0, 9.0, 9.0);
    assertThat(generate(new Spike(1, 9, two, MINUTE), Duration.ofMinutes(4)))
        .containsExactly(1.0, 1.0, 9.0, 1.0);
  }

  @Test
  void diurnal_isLowestTwelveHoursFromItsPeak_andWeekendsAreLess() {
    List<Double> week = generate(new Diurnal(10, 110, 15, 0.5), Duration.ofDays(7));
    assertThat(week.get(15 * 60)).isCloseTo(110, within(0.01));
    assertThat(week.get(3 * 60)).isCloseTo(10, within(0.01));
    assertThat(mean(week.subList(0, 1440))).isCloseTo(60, within(1e-6));
    // The series begins on a Monday.
    assertThat(mean(week.subList(4 * 1440, 5 * 1440))).isCloseTo(60, within(1e-6));
    assertThat(mean(week.subList(5 * 1440, 6 * 1440))).isCloseTo(30, within(1e-6));
    assertThat(mean(week.subList(6 * 1440, 7 * 1440))).isCloseTo(30, within(1e-6));
  }

  @Test
  void flashCrowd_halvesEveryHalfLife() {
    Generator crowd = new FlashCrowd(10, 90, HOUR, Duration.ofMinutes(10), HOUR);
    List<Double> values = generate(crowd, Duration.ofHours(4));
    assertThat(values.get(59)).isEqualTo(10);
    assertThat(values.get(65)).isCloseTo(10 + 80 * 0.55, within(1e-9));
    assertThat(values.get(70)).isCloseTo(90, within(0.5));
    assertThat(values.get(130)).isCloseTo(50, within(0.3));
    assertThat(values.get(190)).isCloseTo(30, within(0.2));
  }

  @Test
  void bursts_haveTheMeanOfTheirFormula_andAreTheSameForOneSeed() {
    Bursts bursts = new Bursts(10, 100, Duration.ofMinutes(20), Duration.ofMinutes(5));
    List<Double> values = generate(bursts, Duration.ofDays(400));
    assertThat(mean(values)).isCloseTo((10 * 20 + 100 * 5) / 25.0, within(0.5));
    assertThat(values).allMatch(v -> v >= 10 - 1e-9 && v <= 100 + 1e-9);
    Duration day = Duration.ofDays(1);
    assertThat(generate(bursts, day)).isEqualTo(generate(bursts, day));
    assertThat(ratesOf(new GeneratedTraffic(bursts, START, day, MINUTE, 4)))
        .isNotEqualTo(generate(bursts, day));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6, 40, 80",
    "6, 9, 200, 400",
    "9, 18, 800, 1200",
    "18, 22, 1000, 1400",
    "22, 24, 300, 500"
  })
  void publishedDay_staysWithinTheTable(int from, int to, double low, double high) {
    List<Double> day = generate(new PublishedDay(1), Duration.ofDays(1));
    List<Double> hours = day.subList(from * 60 + 10, to * 60 - 10);
    assertThat(hours).allMatch(v -> v >= low - 1e-9 && v <= high + 1e-9);
    assertThat(hours.stream().mapToDouble(v -> v).max().orElseThrow())
        .isCloseTo(high, within(0.01 * high));
    assertThat(mean(hours)).isCloseTo((low + high) / 2, within(0.06 * high));
  }

  @Test
  void publishedDay_isSmooth_acrossMidnightToo() {
    List<Double> days = generate(new PublishedDay(1), Duration.ofDays(2));
    for (int i = 1; i < days.size(); i++) {
      assertThat(Math.abs(days.get(i) - days.get(i - 1))).isLessThan(70);
    }
    assertThat(days.subList(0, 1440)).isEqualTo(days.subList(1440, 2880));
  }

  @Test
  void numbersOutOfRange_areRefusedByName() {
    assertThatThrownBy(() -> new Constant(-1)).hasMessageContaining("rate: must be requests");
    assertThatThrownBy(() -> new Diurnal(5, 4, 12, 1)).hasMessageContaining("high: must not be");
    assertThatThrownBy(() -> new Diurnal(5, 6, 25, 1)).hasMessageContaining("peakHour: must be");
    assertThatThrownBy(() -> new Bursts(1, 2, Duration.ZERO, HOUR))
        .hasMessageContaining("quietMean: must be longer");
    assertThatThrownBy(() -> new PublishedDay(0)).hasMessageContaining("factor: must be above 0");
    assertThatThrownBy(
            () -> new GeneratedTraffic(new Constant(1), START, HOUR, Duration.ofNanos(5), 0))
        .hasMessageContaining("step: must be whole milliseconds");
  }
}
