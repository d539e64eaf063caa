// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.Seasonality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A peak that was foreseen must not be forgotten while it is on. */
final class OutlookTest {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final Outlook outlook = new Outlook();

  /** Foresees, so many minutes after noon, what the bucket two minutes later will bring. */
  private double at(int minute, double value) {
    Instant now = NOON.plus(STEP.multipliedBy(minute));
    Foresight foresight = outlook.with(foresight(now, value), STEP, now);
    return ((Forecast.Known) foresight.forecast().forecast()).quantile(0.9);
  }

  private static Foresight foresight(Instant now, double value) {
    var knowledge = new Forecast.Knowledge(Duration.ofDays(1), 100, Seasonality.NONE);
    return of(
        new Forecast.Known(
            now.minus(STEP),
            now.plus(STEP.multipliedBy(2)),
            value,
            List.of(new Forecast.Quantile(0.9, value * 1.1)),
            knowledge));
  }

  private static Foresight of(Forecast forecast) {
    return PolicyFixture.foresight(
        forecast,
        new Accuracy(100, 1, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of()));
  }

  @Test
  void peak_countsUntilItsBucketIsOver() {
    assertThat(at(0, 100)).isGreaterThan(100);
    assertThat(at(1, 10)).isGreaterThan(100);
    assertThat(at(2, 10)).as("the bucket it was foreseen for").isGreaterThan(100);
    assertThat(at(3, 10)).as("over").isEqualTo(11);
  }

  @Test
  void higherForecast_countsAtOnce() {
    assertThat(at(0, 10)).isEqualTo(11);
    assertThat(at(1, 20)).isEqualTo(22);
  }

  @Test
  void newForecastOfTheSameBucket_replacesTheOlder() {
    assertThat(at(0, 100)).isGreaterThan(100);
    assertThat(at(0, 10)).isEqualTo(11);
  }

  @Test
  void nothingForeseen_isNotMadeUp() {
    at(0, 100);
    Foresight unknown = of(new Forecast.Unknown("no sample seen yet"));
    assertThat(outlook.with(unknown, STEP, NOON)).isEqualTo(unknown);
  }

  @Test
  void cleared_remembersNothing() {
    at(0, 100);
    outlook.clear();
    assertThat(at(1, 10)).isEqualTo(11);
  }
}
