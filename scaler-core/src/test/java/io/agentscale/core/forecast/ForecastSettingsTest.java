// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings that cannot be met must be refused where they are made, not hours later. */
final class ForecastSettingsTest {
  private static final ForecastSettings DEFAULT = ForecastSettings.of(Duration.ofHours(1));

  @Test
  void of_infersTheStepAndAssumesNothing() {
    assertThat(DEFAULT.step()).isEmpty();
    assertThat(DEFAULT.absence()).isEqualTo(Absence.UNKNOWN);
    assertThat(DEFAULT.patience()).isEqualTo(Duration.ofMinutes(15));
    assertThat(DEFAULT.quantiles()).containsExactly(0.5, 0.8, 0.9, 0.95, 0.99);
  }

  @Test
  void rejectsWhatCannotBeForecast() {
    assertThatThrownBy(() -> DEFAULT.withStep(Duration.ofSeconds(1))).hasMessageContaining("step:");
    assertThatThrownBy(() -> DEFAULT.withStep(Duration.ofMillis(60_500)))
        .hasMessageContaining("step:");
    assertThatThrownBy(() -> DEFAULT.withStep(Duration.ofHours(2)))
        .hasMessage("horizon: must be at least one step of PT2H, was: PT1H");
    assertThatThrownBy(ForecastSettings::of).hasMessage("horizons: must not be empty");
    assertThatThrownBy(() -> ForecastSettings.of(Duration.ofDays(2)))
        .hasMessageContaining("at most a day");
    assertThatThrownBy(() -> DEFAULT.withQuantiles(0.9, 0.5)).hasMessageContaining("ascend");
    assertThatThrownBy(() -> DEFAULT.withQuantiles(1.0)).hasMessageContaining("between 0 and 1");
  }
}
