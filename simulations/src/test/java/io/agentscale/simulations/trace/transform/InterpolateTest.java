// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finer steps may neither jump where the long ones met nor move load to another time. */
final class InterpolateTest {
  private static final Rates TRIANGLE =
      new Rates(Duration.ofMinutes(4), 3, step -> step == 1 ? 30 : 10);

  private static List<Double> read(RateTraffic traffic) {
    List<Double> rates = new ArrayList<>();
    try (RateCursor cursor = traffic.open()) {
      while (cursor.next()) {
        rates.add(cursor.requestsPerSecond());
      }
    }
    return rates;
  }

  @Test
  void apply_goesStraightFromMiddleToMiddle() {
    var finer = (RateTraffic) new Interpolate(Duration.ofMinutes(1)).apply(TRIANGLE);
    assertThat(finer.steps()).isEqualTo(12);
    assertThat(finer.end()).isEqualTo(TRIANGLE.end());
    List<Double> expected =
        List.of(10.0, 10.0, 12.5, 17.5, 22.5, 27.5, 27.5, 22.5, 17.5, 12.5, 10.0, 10.0);
    List<Double> rates = read(finer);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(rates.get(i)).isCloseTo(expected.get(i), within(1e-9));
    }
  }

  @Test
  void apply_stepThatDoesNotFit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interpolate(Duration.ofSeconds(70)).apply(TRIANGLE))
        .withMessageContaining("interpolate: must be a part of the series' step");
  }
}
