// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A wrong step would leave most buckets empty, or blur the series. */
final class StepInferenceTest {
  private static Duration found(long... seconds) {
    StepInference inference = new StepInference();
    for (long second : seconds) {
      inference.add(second, 1);
    }
    return inference.step().orElseThrow();
  }

  @Test
  void step_fineScrapes_areAMinute() {
    assertThat(found(0, 15, 30, 45, 60, 75, 90, 105, 120)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void step_jitterAndAGap_doNotMatter() {
    assertThat(found(0, 58, 121, 179, 240, 302, 1360, 1419, 1481)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void step_isRoundedUpToAUsualWidth() {
    assertThat(found(0, 400, 800, 1200, 1600, 2000, 2400, 2800, 3200))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(found(0, 86400, 172800, 259200, 345600, 432000, 518400, 604800, 691200))
        .isEqualTo(ForecastSettings.LONGEST_STEP);
  }
}
