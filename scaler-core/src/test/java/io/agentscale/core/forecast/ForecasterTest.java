// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.agentscale.core.metric.Sample;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A forecast that forgets on restart, or takes silence for zero, would scale a service wrongly. */
final class ForecasterTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int DAY = 144;
  private static final ForecastSettings SETTINGS = ForecastSettings.of(STEP, HOUR).withStep(STEP);

  private static Instant at(int step) {
    return START.plus(STEP.multipliedBy(step));
  }

  private static Forecaster fed(ForecastSettings settings, IntToDoubleFunction series, int steps) {
    Forecaster forecaster = new Forecaster(settings);
    for (int t = 0; t < steps; t++) {
      forecaster.observe(new Sample(series.applyAsDouble(t), at(t)));
    }
    return forecaster;
  }

  private static double daily(int t) {
    return 100 + 50 * Math.sin(2 * Math.PI * t / DAY);
  }

  private static IntToDoubleFunction noisy(IntToDoubleFunction series, double noise) {
    SplittableRandom random = new SplittableRandom(7);
    double[] values = new double[30 * DAY];
    Arrays.setAll(values, t -> series.applyAsDouble(t) + noise * random.nextGaussian());
    return t -> values[t];
  }

  private static Forecast.Known known(Forecast forecast) {
    assertThat(forecast).isInstanceOf(Forecast.Known.class);
    return (Forecast.Known) forecast;
  }

  @Test
  void forecast_dailyRhythm_isMetAnHourAhead() {
    int now = 5 * DAY + 30;
    Forecast.Known forecast =
        known(fed(SETTINGS, noisy(ForecasterTest::daily, 2), now).forecast(at(now), HOUR));

    assertThat(forecast.from()).isEqualTo(at(now - 1));
    assertThat(forecast.at()).isEqualTo(at(now + 5));
    assertThat(forecast.value()).isCloseTo(daily(now + 5), within(6.0));
    assertThat(forecast.quantile(0.95)).isBetween(forecast.value(), forecast.value() + 15);
    assertThat(forecast.quantile(0.5)).isCloseTo(forecast.value(), within(3.0));
    assertThat(forecast.knowledge().seasonality()).isEqualTo(Seasonality.DAILY);
  }

  @Test
  void accuracy_dailyRhythm_beatsBothNaiveOnesAndCovers() {
    Accuracy accuracy =
        fed(SETTINGS, noisy(ForecasterTest::daily, 2), 10 * DAY).accuracy(HOUR).orElseThrow();

    assertThat(accuracy.againstNaive().orElseThrow()).isLessThan(0.35);
    assertThat(accuracy.againstSeasonalNaive().orElseThrow()).isLessThan(0.9);
    assertThat(accuracy.skill().orElseThrow()).isBetween(0.1, 0.5);
    assertThat(accuracy.bias()).isCloseTo(0, within(0.5));
    assertThat(accuracy.quantiles())
        .allSatisfy(q -> assertThat(q.coverage()).isCloseTo(q.p(), within(0.05)));
  }

  @Test
  void seasonality_weekendsDiffer_isWeekly() {
    IntToDoubleFunction weekly = t -> t / DAY % 7 >= 5 ? 30 : daily(t);
    int now = 16 * DAY;
    Forecaster forecaster = fed(SETTINGS, noisy(weekly, 1), now);

    assertThat(known(forecaster.forecast(at(now), HOUR)).knowledge().seasonality())
        .isEqualTo(Seasonality.WEEKLY);
  }

  @Test
  void seasonality_randomWalk_isNone() {
    SplittableRandom random = new SplittableRandom(3);
    double[] walk = new double[12 * DAY];
    walk[0] = 500;
    for (int t = 1; t < walk.length; t++) {
      walk[t] = walk[t - 1] + random.nextGaussian();
    }
    Forecaster forecaster = fed(SETTINGS, t -> walk[t], walk.length);

    Forecast.Known forecast = known(forecaster.forecast(at(walk.length), HOUR));
    assertThat(forecast.knowledge().seasonality()).isEqualTo(Seasonality.NONE);
    assertThat(forecast.value()).isCloseTo(walk[walk.length - 1], within(4.0));
  }

  @Test
  void restore_goesOnExactlyWhereItWasSaved() {
    IntToDoubleFunction series = noisy(ForecasterTest::daily, 10);
    Forecaster original = fed(SETTINGS, series, 9 * DAY + 7);
    Forecaster restored = Forecaster.restore(SETTINGS, original.save());

    for (int t = 9 * DAY + 7; t < 11 * DAY; t++) {
      original.observe(new Sample(series.applyAsDouble(t), at(t)));
      restored.observe(new Sample(series.applyAsDouble(t), at(t)));
      assertThat(restored.forecast(at(t + 1), HOUR)).isEqualTo(original.forecast(at(t + 1), HOUR));
    }
    assertThat(restored.save()).isEqualTo(original.save());
  }

  @Test
  void restore_beforeTheStepIsKnown_goesOnToo() {
    ForecastSettings settings = ForecastSettings.of(HOUR);
    Forecaster original = fed(settings, t -> t, 5);
    Forecaster restored = Forecaster.restore(settings, original.save());

    for (int t = 5; t < 20; t++) {
      restored.observe(new Sample(t, at(t)));
    }
    assertThat(restored.save()).isEqualTo(fed(settings, t -> t, 20).save());
  }

  @Test
  void restore_foreignState_isRefused() {
    byte[] state = fed(SETTINGS, ForecasterTest::daily, 100).save();

    assertThatThrownBy(() -> Forecaster.restore(SETTINGS, Arrays.copyOf(state, state.length - 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends too soon");
    assertThatThrownBy(() -> Forecaster.restore(SETTINGS, Arrays.copyOf(state, state.length + 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9 bytes too long");
    assertThatThrownBy(() -> Forecaster.restore(ForecastSettings.of(HOUR), state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same settings");
  }

  @Test
  void save_threeWeeksAtOneMinute_staysWithinItsMemory() {
    ForecastSettings settings = SETTINGS.withStep(Duration.ofMinutes(1));
    Forecaster forecaster = new Forecaster(settings);
    forecaster.observe(new Sample(1, START));
    forecaster.observe(new Sample(1, START.plusSeconds(60)));

    assertThat(forecaster.save()).hasSizeLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void observe_onceTheStepIsKnown_allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    IntToDoubleFunction series = noisy(ForecasterTest::daily, 10);
    Forecaster forecaster = fed(SETTINGS, series, 8 * DAY);
    Sample[] samples = new Sample[DAY];
    Arrays.setAll(samples, i -> new Sample(series.applyAsDouble(8 * DAY + i), at(8 * DAY + i)));

    long before = threads.getCurrentThreadAllocatedBytes();
    for (Sample sample : samples) {
      forecaster.observe(sample);
    }
    // The JVM books a buffer now and then; a byte a sample would be 144.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(DAY);
  }

  @Test
  void forecast_scaledUnits_scales() {
    IntToDoubleFunction series = noisy(ForecasterTest::daily, 10);
    int now = 9 * DAY;
    Forecast.Known one = known(fed(SETTINGS, series, now).forecast(at(now), HOUR));
    Forecast.Known thousand =
        known(fed(SETTINGS, t -> 1000 * series.applyAsDouble(t), now).forecast(at(now), HOUR));

    assertThat(thousand.value() / one.value()).isCloseTo(1000, within(0.5));
    assertThat(thousand.quantile(0.95) / one.quantile(0.95)).isCloseTo(1000, within(0.5));
  }

  @Test
  void forecast_missingBuckets_isNotPulledToZero() {
    Forecaster forecaster = new Forecaster(SETTINGS);
    int now = 4 * DAY;
    for (int t = 0; t < now; t++) {
      if (t % 3 == 0 || t == now - 1) {
        forecaster.observe(new Sample(100 + t % 2, at(t)));
      }
    }
    Forecast.Known forecast = known(forecaster.forecast(at(now), HOUR));

    assertThat(forecast.value()).isCloseTo(100.5, within(2.0));
    assertThat(forecast.quantile(0.5)).isCloseTo(100.5, within(2.0));
  }

  @Test
  void forecast_absenceMeansZero_countsZeros() {
    ForecastSettings settings = SETTINGS.withAbsence(Absence.ZERO);
    Forecaster forecaster = fed(settings, t -> 80, DAY);
    Instant later = at(DAY + 12);

    Forecast.Known forecast = known(forecaster.forecast(later, STEP));
    assertThat(forecast.from()).isEqualTo(at(DAY + 11));
    assertThat(forecast.value()).isLessThan(40);
  }

  @Test
  void forecast_silentSource_isUnknownNotZero() {
    Forecaster forecaster = fed(SETTINGS, ForecasterTest::daily, DAY);

    assertThat(forecaster.forecast(at(DAY + 2), HOUR)).isInstanceOf(Forecast.Known.class);
    assertThat(forecaster.forecast(at(DAY + 12), HOUR))
        .isEqualTo(new Forecast.Unknown("newest value is PT2H old, more than PT30M"));
  }

  @Test
  void observe_afterMonthsOfSilence_beginsAnew() {
    Forecaster forecaster = fed(SETTINGS, ForecasterTest::daily, 3 * DAY);
    int later = 90 * DAY;
    for (int t = later; t < later + 4; t++) {
      forecaster.observe(new Sample(7, at(t)));
    }
    Forecast.Known forecast = known(forecaster.forecast(at(later + 4), HOUR));

    assertThat(forecast.value()).isCloseTo(7, within(1e-5));
    assertThat(forecast.knowledge().history()).isEqualTo(STEP.multipliedBy(4));
  }

  @Test
  void observe_uselessSamples_areNamedAndLeftOut() {
    Forecaster forecaster = fed(SETTINGS, t -> 5, 20);
    byte[] before = forecaster.save();

    assertThat(forecaster.observe(new Sample(Double.NaN, at(20)))).isEqualTo(Intake.NOT_A_NUMBER);
    assertThat(forecaster.observe(new Sample(Double.POSITIVE_INFINITY, at(20))))
        .isEqualTo(Intake.NOT_A_NUMBER);
    assertThat(forecaster.observe(new Sample(9, at(3)))).isEqualTo(Intake.LATE);
    assertThat(forecaster.save()).isEqualTo(before);
  }

  @Test
  void observe_unevenSamples_areAveragedPerBucket() {
    Forecaster forecaster = new Forecaster(SETTINGS);
    forecaster.observe(new Sample(10, START.plusSeconds(1)));
    forecaster.observe(new Sample(30, START.plusSeconds(599)));
    forecaster.observe(new Sample(20, START.plusSeconds(300)));

    assertThat(known(forecaster.forecast(at(1), STEP)).value()).isCloseTo(20, within(1e-5));
  }

  @Test
  void step_isFoundFromSamples() {
    Forecaster forecaster = new Forecaster(ForecastSettings.of(HOUR));
    for (int i = 0; i < 9; i++) {
      assertThat(forecaster.step()).isEmpty();
      assertThat(forecaster.forecast(START.plusSeconds(300L * i), HOUR))
          .isEqualTo(new Forecast.Unknown("step not known yet: " + i + " of 9 samples seen"));
      // On time but for a second or two, and one missing.
      long late = i % 3 + (i > 4 ? 300L : 0L);
      forecaster.observe(new Sample(50, START.plusSeconds(300L * i + late)));
    }
    assertThat(forecaster.step()).contains(Duration.ofMinutes(5));
  }

  @Test
  void forecast_firstHour_saysHowLittleItKnows() {
    Forecaster forecaster = fed(SETTINGS, t -> 100 + t % 2, 6);
    Forecast.Known early = known(forecaster.forecast(at(6), STEP));

    assertThat(early.value()).isBetween(95.0, 106.0);
    assertThat(early.quantile(0.99) - early.value()).isGreaterThan(1);
    assertThat(early.knowledge().seasonality()).isEqualTo(Seasonality.UNDECIDED);
    assertThat(early.knowledge().describe())
        .isEqualTo(
            "60 minutes of history, too little to tell a daily rhythm, band widened, only 5"
                + " forecasts checked");
  }

  @Test
  void explain_weighsExpertsAndJudges() {
    int now = 9 * DAY;
    Forecaster forecaster = fed(SETTINGS, noisy(ForecasterTest::daily, 2), now);

    ForecastExplanation explanation = forecaster.explain(at(now), HOUR, new SkillGate(0));
    assertThat(explanation.verdict().mayAct()).isTrue();
    assertThat(explanation.shares()).hasSize(8);
    assertThat(explanation.shares().stream().mapToDouble(ExpertShare::weight).sum())
        .isCloseTo(1, within(1e-9));
    double mean =
        explanation.shares().stream().mapToDouble(share -> share.weight() * share.value()).sum();
    assertThat(known(explanation.forecast()).value()).isCloseTo(mean, within(1e-9));
  }

  @Test
  void explain_withoutSamples_mayNotAct() {
    var explanation = new Forecaster(SETTINGS).explain(START, HOUR, new SkillGate(0));

    assertThat(explanation.forecast()).isInstanceOf(Forecast.Unknown.class);
    assertThat(explanation.verdict().mayAct()).isFalse();
    assertThat(explanation.accuracy().skill()).isEmpty();
  }

  @Test
  void forecast_horizonNotConfigured_isRefused() {
    assertThatThrownBy(() -> new Forecaster(SETTINGS).forecast(START, Duration.ofHours(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("horizon: must be one of");
  }
}
